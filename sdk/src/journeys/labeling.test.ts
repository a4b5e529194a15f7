/** Paid labels as people see them: planned, handed out, checked, paid for each unit, and recomputed from public data. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTasks, type Tasks } from '../labeling/batch.ts'
import { readSubmission } from '../submit/submission-status.ts'
import { CheckFailed, submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, goldCsv, inHours, labelOf, planOf, predictions, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
})
afterAll(() => world.close())

const plan = {
  payout: { rule: 'per_unit', rate: '0.5', maxUnits: 10, prize: '1000' },
  labeling: { items: 'test.csv', minAccuracy: 0.8 },
  truth: goldCsv,
  baseline: { description: 'Guessing.', score: 0.5 },
  publishes: { truth: true, submissions: 'all' },
} as const

const other = (label: string) => (label === 'cat' ? 'dog' : 'cat')
const csvOf = ({ rows }: Tasks, say: (id: string) => string) =>
  bytes(`id,label\n${rows.map(([id]) => `${id},${say(id!)}`).join('\n')}\n`)

test('items are handed out, labels paid for each unit, guesses rejected, and all of it recomputed', async () => {
  const { client, fixture } = world
  const [careful, careless] = (await fixture.people(2)) as [Keypair, Keypair]
  const challenge = await world.open(maker, [oracle], plan)
  const terms = (await world.run(careful, 'status', String(challenge))).out
  expect(terms).toContain("required     80 % of a batch's known items right")
  expect(terms).not.toContain('threshold')
  const shown = await world.run(careful, 'tasks', String(challenge), '--out', 'mine.csv')
  expect(shown.out).toContain(
    `10 items of attempt 1 are in mine.csv. Label every item there, in the column "label", then: npx stellartrain submit ${challenge} mine.csv\n  label is one of cat, dog\n`,
  )
  expect(terms).toContain('  answers      label is one of cat, dog\n')
  const unfilled = await world.run(careful, 'submit', String(challenge), 'mine.csv', '--check')
  expect(unfilled).toMatchObject({ code: 1, out: expect.stringMatching(/column label/) })
  const handed = (await readFile(join(world.folder, 'mine.csv'), 'utf8')).trim().split('\n')
  expect(handed[0]).toBe('id,weight,label')
  const labeled = handed.slice(1).map((line) => `${line}${labelOf(line.split(',')[0]!)}`)
  const keep = (header: string) => writeFile(join(world.folder, 'mine.csv'), `${header}\n${labeled.join('\n')}\n`)
  // A column that is not one of the items is refused as everywhere.
  await keep('id,mine,label')
  const strange = await world.run(careful, 'submit', String(challenge), 'mine.csv', '--check')
  expect(strange).toMatchObject({ code: 1, out: expect.stringContaining('Column "mine": the challenge does not ask') })
  await keep('id,weight,label')
  expect((await world.run(careful, 'submit', String(challenge), 'mine.csv', '--check')).out).toContain('10 rows')
  expect(await world.run(careful, 'submit', String(challenge), 'mine.csv')).toMatchObject({ code: 0 })
  const tasks = await readTasks(client, { challenge, labeler: careless.publicKey() })
  await submitFile(client, { challenge, csv: csvOf(tasks, (id) => other(labelOf(id))), signer: careless })
  const again = submitFile(client, { challenge, csv: predictions(0), signer: careless })
  await expect(again).rejects.toMatchObject({ code: 'batch_pending', retryable: true })
  await oracle.gradeAll(challenge)
  await expect(submitFile(client, { challenge, csv: predictions(0), signer: careless })).rejects.toBeInstanceOf(
    CheckFailed,
  )

  const steps = async (number: number) =>
    (await readSubmission(client, { challenge, number })).story.steps
      .slice(5)
      .map(({ label, state }) => `${label}: ${state}`)
  expect(await steps(1)).toEqual(['Accepted 10 labels: done', 'Paid 5 XLM: done'])
  expect(await steps(2)).toEqual(['Rejected: failed', 'Nothing won: skipped'])
  const story = async (number: number) => (await readSubmission(client, { challenge, number })).story
  expect((await story(1)).why).toBe('10 labels at 0.5 XLM')
  expect((await story(2)).why).toContain('known items')
  expect((await readTasks(client, { challenge, labeler: careful.publicKey() })).attempt).toBe(2)

  await fixture.net.warp(30 * 3_600)
  await oracle.publish(challenge, [1])
  // The content hash on the chain is the one of this file.
  expect(await world.run(careful, 'download', String(challenge), 'submissions/1.csv')).toMatchObject({
    ...{ code: 0, out: expect.not.stringContaining('no content hash') },
  })
  const verified = await verify(client, { challenge, number: 1 })
  expect(verified.checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'network passed',
    'storage passed',
    'manifest passed',
    'truth passed',
    'binding passed',
    'commitment passed',
    'content_hash passed',
    'score passed',
    'decision passed',
    'units passed',
    'prize passed',
    'payment passed',
  ])
  expect(verified).toMatchObject({ verified: true, paid: 5_0000000n })
  expect(verified.checks.find(({ id }) => id === 'units')?.note).toMatch(/^(all \d|both|the) known items? right$/)

  // What was rejected is never published, so that only who has the file can check it.
  const rejected = await world.run(maker, 'verify', `${challenge}/2`)
  expect(rejected).toMatchObject({
    code: 4,
    out: expect.stringMatching(
      /rejected for the reason on the chain\n +cannot be made: Only scored submissions are published/,
    ),
  })
  const rejection = async (submission: Uint8Array) =>
    (await verify(client, { challenge, number: 2 }, { override: { submission } })).checks.find(
      ({ id }) => id === 'rejection',
    )
  const theirs = await readTasks(client, { challenge, labeler: careless.publicKey(), attempt: 1 })
  expect(await rejection(csvOf(theirs, (id) => other(labelOf(id))))).toMatchObject({ state: 'passed' })
  expect(await rejection(csvOf(theirs, labelOf))).toMatchObject({
    ...{ state: 'failed', compared: { expected: 'below_accuracy', got: expect.stringContaining('accepted') } },
  })
  const mine = await readTasks(client, { challenge, labeler: careful.publicKey(), attempt: 1 })
  const bad = csvOf(mine, (id) => other(labelOf(id)))
  const tampered = await verify(client, { challenge, number: 1 }, { override: { submission: bad } })
  expect(tampered.checks.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual([
    'content_hash',
    'score',
    'units',
  ])
})

test('a batch that the rest of the prize does not pay is refused before anything is spent, until somebody adds to it', async () => {
  // Twenty batches can wait for their verdict at once, and reserve all of the prize.
  const payout = { ...plan.payout, prize: '100' }
  const challenge = await world.open(maker, [oracle], { ...plan, payout })
  for (const labeler of await world.fixture.people(20)) await world.fixture.submit(challenge, labeler, 1, 10)
  const signer = await world.fixture.person()
  const tasks = await readTasks(world.client, { challenge, labeler: signer.publicKey() })
  const submitted = submitFile(world.client, { challenge, csv: csvOf(tasks, labelOf), signer })
  // What a rejected batch reserved comes back: whoever asks again then may find enough.
  await expect(submitted).rejects.toMatchObject({
    ...{ code: 'escrow_used_up', retryable: true, message: expect.stringContaining('100 XLM is reserved') },
  })
  const added = await world.run(maker, 'topup', String(challenge), '--prize', '5')
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining('5 XLM added') })
  await submitFile(world.client, { challenge, csv: csvOf(tasks, labelOf), signer })
  const bounty = await world.open(maker, [oracle])
  expect(await world.run(maker, 'topup', String(bounty), '--prize', '1')).toMatchObject({ code: 1 })
  expect(await world.run(maker, 'topup', String(bounty), '--fees', '1')).toMatchObject({ code: 0 })
  await expect(readTasks(world.client, { challenge: bounty, labeler: signer.publicKey() })).rejects.toMatchObject({
    code: 'rule_not_supported',
  })
})

test('paid labels are planned in a file; known items that nobody would label are refused', async () => {
  const { datasets, truth: _, ...rest } = planOf([oracle], { ...plan, deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  await writeFile(join(world.folder, 'gold.csv'), goldCsv)
  await writeFile(join(world.folder, 'strange.csv'), 'id,label\nr000,cat\nelsewhere,dog\n')
  const create = async (changes: object) => {
    const json = { ...rest, datasets: files, truth: 'gold.csv', threshold: undefined, ...changes }
    await writeFile(join(world.folder, 'plan.json'), JSON.stringify(json))
    return world.run(maker, 'create', 'plan.json', '--check')
  }
  const looked = await create({})
  expect(looked).toMatchObject({
    code: 0,
    out: expect.stringContaining('0.5 XLM for each accepted unit, 10 in a full batch'),
  })
  expect(looked.out).not.toMatch(/constant|threshold/)
  expect(await create({ truth: 'strange.csv' })).toMatchObject({ code: 1, out: expect.stringContaining('not among') })
  expect(await create({ labeling: undefined })).toMatchObject({ code: 1, out: expect.stringContaining('minAccuracy') })
  expect(await create({ labeling: { items: 'gone.csv', minAccuracy: 1 } })).toMatchObject({ code: 1 })
})

test('an answer that the task of the manifest does not allow is refused before anything is spent', async () => {
  const { client, fixture } = world
  const choices = [{ value: 'cat' }, { value: 'dog' }]
  const task = {
    show: [{ column: 'weight', as: 'text' as const, title: 'Weight in kg' }],
    answer: { kind: 'choices' as const, choices, least: 1 },
    flag: true,
  }
  const known = new TextDecoder().decode(goldCsv).replace(/,(cat|dog)$/gm, ',"[""$1""]"')
  const changes = {
    ...plan,
    truth: bytes(known),
    submission: {
      ...{ format: 'csv' as const, idColumn: 'id', rows: 10, maxBytes: 10_000 },
      columns: [{ name: 'label', type: 'string' as const }],
    },
    labeling: { ...plan.labeling, task },
  }
  const strange = { ...changes, truth: bytes(known.replace('"[""cat""]"', 'cat')) }
  await expect(world.open(maker, [oracle], strange)).rejects.toMatchObject({ code: 'bad_input' })
  const blind = { ...task, show: [{ column: 'photo', as: 'image' as const }] }
  const unseen = { ...changes, labeling: { ...plan.labeling, task: blind } }
  await expect(world.open(maker, [oracle], unseen)).rejects.toThrow('shows the column "photo"')
  const challenge = await world.open(maker, [oracle], changes)
  const labeler = await fixture.person()
  const tasks = await readTasks(client, { challenge, labeler: labeler.publicKey() })
  const [unknown] = tasks.rows.flatMap(([id]) => (known.includes(`${id},`) ? [] : [id!]))
  const say = (cell: string) => csvOf(tasks, (id) => (id === unknown ? cell : `"[""${labelOf(id)}""]"`))
  const wrong = submitFile(client, { challenge, csv: say('"[""mouse""]"'), signer: labeler })
  await expect(wrong).rejects.toMatchObject({
    code: 'bad_answer',
    message: expect.stringContaining(`item ${unknown}: "values.0" of the answer`),
  })
  await writeFile(join(world.folder, 'wrong.csv'), say('cat'))
  const checked = await world.run(labeler, 'submit', String(challenge), 'wrong.csv', '--check')
  expect(checked).toMatchObject({ code: 1, out: expect.stringMatching(/Row \d+, item r\d+: The answer is not JSON/) })
  await submitFile(client, { challenge, csv: say('"{""flag"":true}"'), signer: labeler })
  await oracle.gradeAll(challenge)
  expect((await readSubmission(client, { challenge, number: 1 })).story.status).toBe('scored')
})
