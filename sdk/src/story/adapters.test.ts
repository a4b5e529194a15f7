/** One answer, one story, everywhere: the chain's facts and the API's give the same story, step by step through real challenges. */

import { createTestDatabase, type TestDatabase } from '@stellartrain/indexer-postgres'
import { startIndexer } from '@stellartrain/indexer-service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releasePayment, settleSubmissions } from '../challenge/challenge-admin.ts'
import type { ChallengePlan } from '../create/plan.ts'
import { readStoryFacts } from '../submit/submission-status.ts'
import { submitFile } from '../submit/submit.ts'
import { createApi } from '../system/api.ts'
import { createClient, type StellarTrain } from '../system/client.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, partedTruth, predictions, startWorld, type World } from '../testing/world.ts'
import { factsFromApi, type Story, tell } from './index.ts'

let world: World
let database: TestDatabase
let indexer: Awaited<ReturnType<typeof startIndexer>>
let client: StellarTrain
let oracles: TestOracle[]
beforeAll(async () => {
  ;[world, database] = await Promise.all([startWorld(), createTestDatabase()])
  const { rpcUrl, passphrase: network, contract, ipfsUrl } = world.config
  indexer = await startIndexer({ dbUrl: database.url, rpcUrls: [rpcUrl], network, contract, ipfsUrl, idleMs: 50 })
  client = createClient({ ...world.config, apiUrl: indexer.url })
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
})
afterAll(async () => {
  await indexer?.stop()
  await world?.close()
  await database?.drop()
})

/** Labels and words of the steps; what the ledger showed where is the adapters' own. */
const comparable = ({ steps, ...story }: Story) => ({
  ...story,
  steps: steps.map(({ id, label, state, sentence, at }) => ({ id, label, state, sentence, at })),
})

/** The story of each submission, which both adapters agree on. */
async function agreed(challenge: number, count: number): Promise<Story[]> {
  const api = createApi(client.config)
  const ledger = world.fixture.net.ledger().sequence
  await expect.poll(async () => (await api.status())._meta.ledger).toBeGreaterThanOrEqual(ledger)
  // Beside a chain that moves, the index may mark what it is comparing with the contract: until it is whole again it tells no story.
  await expect.poll(async () => (await api.challenge(challenge)).completeness).toBeNull()
  const detail = await api.challenge(challenge)
  const stories: Story[] = []
  for (let number = 1; number <= count; number++) {
    const facts = await readStoryFacts(client, { challenge, number })
    const fromChain = tell(facts)
    const fromApi = tell(factsFromApi(detail, await api.submission(challenge, number), facts.now))
    expect(comparable(fromApi), `#${number}`).toEqual(comparable(fromChain))
    stories.push(fromChain)
  }
  return stories
}

test('a bounty: votes that differ, a kept place, who waits, the end', async () => {
  const [maker, ...people] = await world.fixture.people(4)
  const challenge = await world.open(maker!, oracles, {
    winners: 2,
    deposit: '1',
    oracleFee: '0.1',
    patienceSeconds: 60,
  })
  for (const [index, signer] of people.entries())
    await submitFile(client, { challenge, csv: predictions(index + 1), signer })
  expect((await agreed(challenge, 3)).map(({ label }) => label)).toEqual([
    ...['In the queue (1st)', 'In the queue (2nd)', 'In the queue (3rd)'],
  ])
  const [a, b] = oracles as [TestOracle, TestOracle, TestOracle]
  await a.gradeAll(challenge, { settle: false })
  await b.gradeAll(challenge, { settle: false, instead: { 1: bytes('id,label\nr000,cat\n') } })
  await agreed(challenge, 3)
  await world.fixture.net.warp(121)
  await agreed(challenge, 3)
  await settleSubmissions(client, challenge, maker!)
  expect((await agreed(challenge, 3)).map(({ label }) => label)).toEqual([
    ...['Passed over, a place is kept', 'Won 50 XLM', 'Waits for 50 XLM'],
  ])
  await world.fixture.net.warp(30 * 3_600)
  // The place stays kept until a call writes that #1 is unsettled.
  const over = await agreed(challenge, 3)
  expect(over.map(({ status, can }) => `${status} ${can}`)).toEqual(['unsettled release', 'scored ', 'scored '])
  expect(over[2]!.next?.says).toBe('Anyone may settle what comes first.')
  for (const solver of people)
    await releasePayment(client, { challenge, solver: solver.publicKey(), attempt: 1 }, maker!).catch(() => undefined)
  expect((await agreed(challenge, 3)).every(({ final }) => final)).toBe(true)
})

test('a ranking: the running table, the ranking, and what a rejected file cost', async () => {
  const [maker, ...people] = await world.fixture.people(4)
  const plan: Partial<ChallengePlan> = {
    payout: { rule: 'ranked', prizes: ['60', '40'] },
    truth: partedTruth,
    threshold: '0.5',
    deposit: '1',
  }
  const challenge = await world.open(maker!, oracles, { ...plan, oracleFee: '0.1' })
  for (const [index, signer] of people.entries())
    await submitFile(client, { challenge, csv: predictions(index), signer })
  for (const oracle of oracles) await oracle.gradeAll(challenge, { instead: { 3: bytes('id,label\nr000,cat\n') } })
  expect((await agreed(challenge, 3)).map(({ label }) => label)).toEqual([
    ...['1st so far: would bring 60 XLM now', '2nd so far: would bring 40 XLM now', 'Nothing won'],
  ])
  await world.fixture.net.warp(3 * 3_600)
  for (const oracle of oracles.slice(0, 2)) await oracle.rank(challenge)
  expect((await agreed(challenge, 3)).map(({ why }) => why.split(' with')[0])).toEqual([
    ...['first place', 'second place', expect.stringContaining('missing')],
  ])
  await releasePayment(client, { challenge, solver: people[0]!.publicKey(), attempt: 1 }, maker!)
  await agreed(challenge, 3)
})
