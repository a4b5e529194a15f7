/** Whoever has only the public Stellar SDK reads everything from the specification inside the deployed wasm. */
import { Client } from '@stellar/stellar-sdk/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CONTRACT_ERRORS,
  decodeBody,
  EVENT_TYPES,
  EVENT_VERSION,
  postScores,
  RECORDS_ERRORS,
  readEventPage,
  view,
  views,
} from './index.ts'
import { recordsSpec } from './records.ts'
import { cidOf, type Fixture, scoredVote, startFixture } from './testing/fixture.ts'

let f: Fixture
let client: Client
beforeAll(async () => {
  f = await startFixture()
  const { contract: contractId, passphrase: networkPassphrase, rpcUrl } = f.chain.network
  client = await Client.from({ contractId, networkPassphrase, rpcUrl, allowHttp: true })
})
afterAll(() => f.close())

const words = (cases: ReturnType<Client['spec']['errorCases']>) =>
  Object.fromEntries(cases.map((line) => [line.value, { name: String(line.name), sentence: String(line.doc) }]))

test('our tables of errors are those of the wasm that runs', () => {
  expect(CONTRACT_ERRORS).toEqual(words(client.spec.errorCases()))
  // Below our numbers are those of a library, which our contract never raises.
  expect(RECORDS_ERRORS).toEqual(
    words(
      recordsSpec()
        .errorCases()
        .filter((line) => line.value >= 1_100),
    ),
  )
})

test('so are the events, their topics and their version', async () => {
  const declared = client.spec.events()
  expect([...EVENT_TYPES].sort()).toEqual(declared.map((event) => String(event.prefixTopics[0])).sort())
  expect((await view(f.chain, views.config())).event_version).toBe(EVENT_VERSION)
})

test('the SDK decodes our events, and refusals have their sentences', async () => {
  const [maker, solver] = await f.people(2)
  const oracle = await f.oracle()
  const challenge = await f.challenge(maker!, [oracle])
  await f.submit(challenge, solver!)
  const votes = [scoredVote(solver!, 9_500_000n, 1)]
  await f.act(postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true }), oracle)
  const { events } = await readEventPage(f.chain, { startLedger: 2 })
  const names = events.map((event) => {
    const parsed = client.spec.parseEvent(event.topic, event.value)
    expect(Object.keys(parsed!.data).sort()).toEqual(
      Object.keys(decodeBody(event.topic, event.value)!)
        .filter((key) => key !== 'type')
        .sort(),
    )
    return parsed!.name
  })
  expect(names).toEqual(['OracleRegistered', 'ChallengeCreated', 'ChallengeAccepted', 'Submitted', 'Scored'])
})
