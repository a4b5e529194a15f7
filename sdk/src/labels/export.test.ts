/** From a task on a real ledger to exported labels: labeled, paid, opened, checked against the chain, and agreed on. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { formatAnswer, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvRows, csvText } from '../challenge/csv.ts'
import type { ChallengePlan } from '../create/plan.ts'
import { readTasks } from '../labeling/batch.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, goldCsv, labelOf, startWorld, type World } from '../testing/world.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
})
afterAll(() => world?.close())

const choices = [{ value: 'cat' }, { value: 'dog' }]
const task: LabelingTask = { show: [{ column: 'weight', as: 'text' }], answer: { kind: 'choice', choices }, flag: true }
const plan = {
  payout: { rule: 'per_unit' as const, rate: '0.5', maxUnits: 25, prize: '1000' },
  labeling: { items: 'test.csv', minAccuracy: 0.7, task },
  truth: goldCsv,
  baseline: { description: 'Guessing.', score: 0.5 },
  publishes: { truth: true, submissions: 'all' as const },
  submission: {
    ...{ format: 'csv' as const, idColumn: 'id', rows: 25, maxBytes: 10_000 },
    columns: [{ name: 'answer', type: 'string' as const, labels: ['cat', 'dog', '{"flag":true}'] }],
  },
} satisfies Partial<ChallengePlan>

const run = (...args: string[]) => world.run(maker, 'labels', 'export', ...args)
const read = (...path: string[]) => readFile(join(world.folder, ...path))

test('labels are sealed until the end, and then exported with their consensus and the way back to the ledger', async () => {
  const { client, fixture } = world
  const challenge = await world.open(maker, [oracle], plan)
  const labelers = (await fixture.people(5)) as Keypair[]
  const known = new Set(csvRows(goldCsv)!.map(([id]) => id))
  const label = async (signer: Keypair, at: number) => {
    const tasks = await readTasks(client, { challenge, labeler: signer.publicKey() })
    // Whatever is not known the last one labels wrongly; one of these items is flagged by the others.
    const say = (id: string) => {
      if (id === 'r001' && at < 4) return formatAnswer(task, { kind: 'flag' })
      const right = labelOf(id)
      return at === 4 && !known.has(id) ? (right === 'cat' ? 'dog' : 'cat') : right
    }
    const csv = bytes(csvText([['id', 'answer'], ...tasks.rows.map(([id]) => [id!, say(id!)])]))
    await submitFile(client, { challenge, csv, signer })
  }
  for (let batch = 1; batch <= 2; batch++) {
    await Promise.all(labelers.map(label))
    await oracle.gradeAll(challenge)
  }
  const sealed = await run(String(challenge))
  expect(sealed).toMatchObject({ code: 3, out: expect.stringMatching(/still sealed: .* grading ends by \d{4}-/) })

  await fixture.net.warp(30 * 3_600)
  // One batch is left out of the opening.
  await oracle.publish(
    challenge,
    Array.from({ length: 9 }, (_, at) => at + 1),
  )
  const done = await run(String(challenge), '--out', 'labels', '--method', 'dawid-skene')
  expect(done).toMatchObject({
    code: 0,
    out: expect.stringContaining('All 50 items have labels: 225 labels in 9 batches; consensus by dawid-skene'),
  })
  expect(done.out).toContain('Batch 10 is left out: it was accepted, and no oracle opened it.')
  const [header, ...rows] = csvRows(await read('labels', 'labels.csv'))!
  expect(header).toEqual(['id', 'weight', 'consensus', 'confidence', 'votes', 'flags', 'batches'])
  const wrong = rows
    .filter(([id, , consensus]) => consensus !== labelOf(id!))
    .map(([id, , consensus]) => [id, consensus])
  expect(wrong).toEqual([['r001', '{"flag":true}']])
  const way = JSON.parse((await read('labels', 'provenance.json')).toString())
  expect(way).toMatchObject({ challenge, method: 'dawid-skene', missing: [{ number: 10 }], refused: [] })
  expect(way.batches[0]).toMatchObject({
    transaction: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(way.itemBatches.r001.length).toBeGreaterThan(3)

  expect(await run(String(challenge), '--out', 'labels')).toMatchObject({
    code: 2,
    out: expect.stringContaining('is not replaced'),
  })
  expect(await run(String(challenge), '--format', 'huggingface', '--out', 'hub', '--json')).toMatchObject({ code: 0 })
  const file = await read('hub', 'data', 'train-00000-of-00001.parquet')
  const table = await parquetReadObjects({ file: new Uint8Array(file).buffer })
  expect(table).toHaveLength(50)
  expect(table[0]).toMatchObject({ id: 'r000', answer: labelOf('r000'), confidence: 1, flags: 0 })
  expect(await run(String(challenge), '--format', 'jsonl', '--out', 'one.jsonl')).toMatchObject({ code: 0 })
  expect((await read('one.jsonl')).toString().trim().split('\n')).toHaveLength(50)
  expect(await run(String(challenge), '--format', 'coco')).toMatchObject({
    code: 1,
    out: expect.stringContaining('is for boxes and polygons'),
  })
  expect(await run(String(challenge), '--format', 'xls')).toMatchObject({
    code: 2,
    out: expect.stringContaining('--format is one of csv'),
  })
  expect(await run(String(challenge), '--method', 'guess')).toMatchObject({
    code: 2,
    out: expect.stringContaining('--method is one of majority'),
  })
})

test('a copy that is not what was accepted is never exported, and a challenge without a task or labels says so', async () => {
  const { client, fixture } = world
  const challenge = await world.open(maker, [oracle], plan)
  const [signer] = (await fixture.people(1)) as [Keypair]
  const tasks = await readTasks(client, { challenge, labeler: signer.publicKey() })
  const csvOf = (say: (id: string) => string) =>
    bytes(csvText([['id', 'answer'], ...tasks.rows.map(([id]) => [id!, say(id!)])]))
  await submitFile(client, { challenge, csv: csvOf(labelOf), signer })
  await oracle.gradeAll(challenge)
  await fixture.net.warp(30 * 3_600)
  await oracle.publish(challenge, [1], { instead: { 1: csvOf(() => 'cat') } })
  const exported = await run(String(challenge), '--out', 'other')
  expect(exported).toMatchObject({ code: 0, out: expect.stringContaining('None of 50 items has labels') })
  expect(exported.out).toContain('Batch 1 is left out: what was opened is not what was accepted.')
  const bare = await world.open(maker, [oracle], { ...plan, labeling: { items: 'test.csv', minAccuracy: 0.7 } })
  expect(await run(String(bare))).toMatchObject({ code: 1, out: expect.stringContaining('has no labeling task') })
  const bounty = await world.open(maker, [oracle])
  expect(await run(String(bounty))).toMatchObject({ code: 1, out: expect.stringContaining('does not pay for labels') })
  const closed = await world.open(maker, [oracle], { ...plan, publishes: { truth: false, submissions: 'none' } })
  expect(await run(String(closed))).toMatchObject({ code: 1, out: expect.stringContaining('never opens its labels') })
})
