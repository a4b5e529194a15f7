/** A quiz before the first lease, end to end: three oracles that judge for themselves, one that is away, and those who would do without. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { signDigest, Verdict } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Manifest } from '@stellartrain/ipfs-content'
import { quizDigest, signPassed } from '@stellartrain/ipfs-content/quiz'
import { readTasks } from '@stellartrain/sdk/batch'
import { createClient } from '@stellartrain/sdk/client'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { type Quiz, readQuiz, takeQuiz } from '@stellartrain/sdk/quiz'
import { submitFile } from '@stellartrain/sdk/submit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { FIRST_WAIT } from '../tasks/tries.ts'
import { LABELS } from './data.ts'
import { startWorld, type World } from './world.ts'

const ITEMS = Array.from({ length: 20 }, (_, index) => `item-${index}`)
const ASKED = Array.from({ length: 8 }, (_, index) => `ask-${index}`)
const right = (id: string) => LABELS[Number(id.split('-')[1]) % 3]!
const wrong = (id: string) => LABELS[(Number(id.split('-')[1]) + 1) % 3]!
const GOLD = `id,label\n${[...ITEMS.slice(0, 8), ...ASKED].map((id) => `${id},${right(id)}`).join('\n')}\n`
const TRIES = 2

let world: World
let oracles: RunningOracle[]
beforeAll(async () => {
  world = await startWorld()
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
})
afterAll(() => world?.close())

const csvFile = (ids: readonly string[]) =>
  new TextEncoder().encode(`id,text\n${ids.map((id) => `${id},What is ${id}?`).join('\n')}\n`)

async function open(
  names: readonly RunningOracle[],
  more: { earnings?: boolean; gold?: string; accepted?: boolean } = {},
) {
  const publish = world.publisher(world.maker)
  const dataset = async (name: string, ids: readonly string[]) => {
    const csv = csvFile(ids)
    const base = { name, role: 'other', cid: await publish(csv), sha256: '0'.repeat(64), bytes: csv.length } as const
    return { ...base, version: 1, previous: null, mediaType: 'text/csv' }
  }
  const datasets = [await dataset('items.csv', ITEMS), await dataset('quiz.csv', ASKED)]
  const earnings = more.earnings === true
  const id = await world.challenge({
    oracles: names.map(({ address }) => address),
    csv: more.gold ?? GOLD,
    prize: 100_000_000n,
    payout: earnings
      ? { tag: 'Earnings', values: undefined }
      : { tag: 'PerUnit', values: [{ rate: 100_000n, max_units: 10 }] },
    opens_truth: false,
    edit: (manifest: Manifest): Manifest => ({
      ...manifest,
      kind: 'labeling',
      datasets,
      submission: {
        ...manifest.submission,
        rows: 10,
        columns: [{ name: 'label', type: 'string', labels: [...LABELS] }],
      },
      labeling: {
        ...{ items: 'items.csv', minAccuracy: 0.8, overlap: 1, secondsPerItem: 10 },
        quiz: { items: 'quiz.csv', questions: 4, minAccuracy: 0.75, tries: TRIES },
        ...(earnings && { perItem: '0.01' }),
      },
      opens: { truth: false, submissions: 'none' },
    }),
  })
  if (more.accepted === false) return id
  await world.accepted(id)
  for (const { url } of names)
    await until(async () => (await fetch(`${url}/v1/tasks/challenges/${id}`)).ok, { what: 'tasks to be given' })
  return id
}

const client = () =>
  createClient({
    ...{ network: 'local', passphrase: world.devnet.passphrase, rpcUrl: world.devnet.rpcUrl, contract: world.contract },
    ...{ friendbotUrl: world.devnet.friendbotUrl, apiUrl: 'http://127.0.0.1:9', ipfsUrl: world.ipfs.url },
  })
const csvOf = ({ rows }: Pick<Quiz, 'rows'>, say: (id: string) => string) =>
  new TextEncoder().encode(`id,label\n${rows.map(([id]) => `${id},${say(id!)}`).join('\n')}\n`)
const read = (challenge: number, labeler: Keypair) => readQuiz(client(), { challenge, labeler: labeler.publicKey() })
const take = (challenge: number, quiz: Quiz, signer: Keypair, say: (id: string) => string) =>
  takeQuiz(client(), { challenge, try: quiz.try, csv: csvOf(quiz, say) }, { signer })
const lease = (challenge: number, signer: Keypair, drafts = memoryDrafts()) =>
  readTasks(client(), { challenge, labeler: signer.publicKey() }, { signer, drafts })
const put = async (url: string, path: string, body: object) => {
  const answer = await fetch(`${url}/v1/tasks/${path}`, {
    ...{ method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  })
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}

test('nobody gets items before the quiz; who passes is admitted at all oracles, also one that was away, and paid', async () => {
  const [home, secret] = [await mkdtemp(join(tmpdir(), 'oracle-quiz-')), (await world.person()).secret()]
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const away = await world.oracle(secret, { home })
  const port = Number(new URL(away.url).port)
  const gone = await world.oracle()
  const names = [oracles[0]!, gone, away]
  const id = await open(names)
  const labeler = await world.person()
  await expect(lease(id, labeler)).rejects.toMatchObject({ code: 'quiz_not_passed' })

  const asked = await read(id, labeler)
  expect(asked).toMatchObject({ admitted: false, passedAt: 0, needed: 2, try: 1, tries: TRIES, wait: 0 })
  expect(asked.rows).toHaveLength(4)
  for (const [item, text] of asked.rows) expect([ASKED.includes(item!), text]).toEqual([true, `What is ${item}?`])
  // Another account is asked others, and the same one the same again.
  expect((await read(id, labeler)).rows).toEqual(asked.rows)
  const others = await Promise.all(Array.from({ length: 5 }, () => read(id, Keypair.random())))
  expect(new Set(others.map(({ rows }) => JSON.stringify(rows))).size).toBeGreaterThan(1)

  await away.close()
  const passed = await take(id, asked, labeler, right)
  expect(passed).toMatchObject({ admitted: true, passedAt: 2, oracles: 3 })
  // The one that was away learns of it from another, also where that is the only one left that judged it.
  await gone.close()
  const again = await world.oracle(secret, { home, port })
  await until(async () => (await fetch(`${again.url}/v1/tasks/challenges/${id}`)).ok, { what: 'its tasks' })
  const drafts = memoryDrafts()
  const tasks = await lease(id, labeler, drafts)
  expect(tasks.rows.length).toBeGreaterThan(0)
  for (const [item] of tasks.rows) expect(ITEMS).toContain(item)
  await submitFile(client(), {
    ...{ challenge: id, signer: labeler, drafts },
    csv: new TextEncoder().encode(`id,label\n${tasks.rows.map(([item]) => `${item},${right(item!)}`).join('\n')}\n`),
  })
  await until(async () => (await world.submission(id, labeler, 1)).verdict === Verdict.Scored, { what: 'the verdict' })
})

test('a try that was not enough costs a wait, and all of them the challenge; only its labeler answers, and each try counts once', async () => {
  const id = await open(oracles, { earnings: true })
  const [labeler, thief] = [Keypair.random(), Keypair.random()]
  const asked = await read(id, labeler)
  const place = { ...world.place, challenge: id }
  const csv = new TextDecoder().decode(csvOf(asked, right))
  const said = { labeler: labeler.publicKey(), try: 1, csv }
  const by = async (who: Keypair, of: typeof said) => ({
    ...of,
    signature: await signDigest(who, world.devnet.passphrase, quizDigest(place, of)),
  })
  const { url } = oracles[0]!
  expect(await put(url, 'quiz', { challenge: id, answers: await by(thief, said) })).toEqual([422, 'not_signed'])
  // What cannot be read is not a try; nor are the answers to other questions.
  for (const bad of ['nothing', `id,label\n${ASKED.map((one) => `${one},${right(one)}`).join('\n')}\n`])
    expect(await put(url, 'quiz', { challenge: id, answers: await by(labeler, { ...said, csv: bad }) })).toEqual([
      422,
      'bad_answers',
    ])
  expect(await read(id, labeler)).toMatchObject({ try: 1 })
  // Nobody admits itself, nor does one oracle alone.
  const forged = signPassed(place, labeler.publicKey(), oracles[1]!.address, thief.rawSecretKey())
  const alone = { challenge: id, labeler: labeler.publicKey(), signatures: [forged] }
  expect(await put(url, 'quiz/passed', alone)).toEqual([422, 'not_passed'])

  const failed = await take(id, asked, labeler, wrong)
  expect(failed).toMatchObject({ admitted: false, passedAt: 0, try: 2, over: false })
  expect(failed.wait).toBeGreaterThan(0)
  expect(failed.rows.map(([one]) => one)).not.toEqual(asked.rows.map(([one]) => one))
  // Answers that are right now do not mend a try that was judged, nor is the wait left out.
  expect(await put(url, 'quiz', { challenge: id, answers: await by(labeler, said) })).toEqual([409, 'other_try'])
  const next = { ...said, try: 2, csv: new TextDecoder().decode(csvOf(failed, right)) }
  expect(await put(url, 'quiz', { challenge: id, answers: await by(labeler, next) })).toEqual([409, 'wait'])
  await expect(lease(id, labeler))
    .rejects.toMatchObject({ code: 'not_your_rule' })
    .catch(() => {})
  await world.devnet.warp(FIRST_WAIT + 60)
  const last = await until(
    async () => {
      const found = await read(id, labeler)
      return found.wait === 0 ? found : undefined
    },
    { what: 'the wait to end' },
  )
  expect(await take(id, last, labeler, wrong)).toMatchObject({ admitted: false, over: true, rows: [] })
  const third = { ...last, try: 3 }
  await expect(take(id, third, labeler, right)).rejects.toMatchObject({ code: 'no_attempts_left' })
  expect(await put(url, 'quiz', { challenge: id, answers: await by(labeler, { ...next, try: 3 }) })).toEqual([
    409,
    'no_tries_left',
  ])
})

test('an oracle accepts no quiz whose answers it does not have', async () => {
  const gold = GOLD.replace(`ask-3,${right('ask-3')}\n`, '')
  const id = await open([oracles[0]!], { gold, accepted: false })
  const refusal = await until(
    async () => {
      const status = (await (await fetch(`${oracles[0]!.url}/status`)).json()) as { refused?: { challenge: number }[] }
      return status.refused?.find(({ challenge }) => challenge === id)
    },
    { what: 'the refusal' },
  )
  expect(JSON.stringify(refusal)).toContain('no known answer')
})
