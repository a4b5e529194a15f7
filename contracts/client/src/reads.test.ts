/** What is read agrees however it is read: events with the SDK's own decoder, storage with the views, pages with each other. */

import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ContractError,
  type ContractEvent,
  decodeEvent,
  EVENT_TYPES,
  EventsGone,
  followEvents,
  invoke,
  postScores,
  type RawEvent,
  readEventPage,
  readToken,
  stored,
  topUp,
  Verdict,
  view,
  views,
} from './index.ts'
import { contractSpec } from './spec.ts'
import { cidOf, type Fixture, rejectedVote, scoredVote, startFixture } from './testing/fixture.ts'

let f: Fixture
let raw: RawEvent[]
let challenge: number
let solvers: Keypair[]
const quick = { pollMs: 20 }

beforeAll(async () => {
  f = await startFixture()
  const [maker, ...rest] = await f.people(4)
  solvers = rest
  const oracles = [await f.oracle(), await f.oracle()]
  challenge = await f.challenge(maker!, oracles)
  for (const solver of solvers) await f.submit(challenge, solver)
  const votes = [
    scoredVote(solvers[0]!, 8_123_456n, 5),
    rejectedVote(solvers[1]!, 43),
    scoredVote(solvers[2]!, 8_123_456n, 5),
  ]
  for (const oracle of oracles) {
    const batch = oracle === oracles[0] ? votes : votes.slice(0, 2)
    const call = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes: batch, settle: true })
    await invoke(f.chain, call, oracle, quick)
  }
  await invoke(f.chain, topUp({ from: maker!.publicKey(), challenge, escrow: 0n, fees: 5n }), maker!, quick)
  raw = (await readEventPage(f.chain, { startLedger: 2 })).events
})
afterAll(() => f.close())

test("our decoder and the SDK's agree on every event that the contract emitted", () => {
  const names = new Set<string>()
  for (const event of raw) {
    const theirs = contractSpec().parseEvent(event.topic, event.value)
    const ours = decodeEvent(event)
    names.add(ours!.type)
    expect(normal(compact(ours!))).toEqual(normal(theirs!.data))
  }
  expect(names).toEqual(
    new Set(['oracle_registered', 'challenge_created', 'challenge_accepted', 'submitted', 'scored', 'topped_up']),
  )
})

test('every event of the contract is known, under its name on the wire and with its topics', () => {
  const declared = contractSpec().events()
  expect([...EVENT_TYPES].sort()).toEqual(declared.map((event) => event.prefixTopics[0]!.toString()).sort())
})

test('storage read entry by entry is what the views return', async () => {
  const ids = solvers.map((solver) => ({ solver: solver.publicKey(), attempt: 1 }))
  expect(normal(await stored.challenge(f.chain, challenge))).toEqual(
    normal(await view(f.chain, views.challenge({ challenge }))),
  )
  expect(normal(await stored.state(f.chain, challenge))).toEqual(
    normal(await view(f.chain, views.state({ challenge }))),
  )
  expect(normal(await stored.board(f.chain, challenge))).toEqual(
    normal((await view(f.chain, views.board({ challenge }))).map(({ prize, ...place }) => place)),
  )
  const shown = await view(f.chain, views.submissions({ challenge, ids }))
  expect(shown.map((one) => [one.verdict, one.votes.length])).toEqual([
    [Verdict.Scored, 0],
    [Verdict.Rejected, 0],
    [Verdict.Pending, 1],
  ])
  expect(normal(await stored.submissions(f.chain, challenge, ids))).toEqual(normal(shown))
  expect(await stored.content(f.chain, challenge, cidOf(5).digest)).toBe(1)
  expect(await stored.reveal(f.chain, challenge, ids[0]!.solver)).toBeUndefined()
})

test('pages of one event deliver the same events as one page, each once', async () => {
  const events: ContractEvent[] = []
  let at: Parameters<typeof readEventPage>[1] = { startLedger: 2 }
  for (;;) {
    const page = await readEventPage(f.chain, at, {}, { limit: 1 })
    events.push(...page.events.map((event) => decodeEvent(event)!))
    if (page.events.length === 0) break
    at = { cursor: page.cursor }
  }
  expect(events.map((event) => event.id)).toEqual(raw.map((event) => event.id))
  const followed: string[] = []
  for await (const event of followEvents(f.chain, { startLedger: 2 }, {}, { live: false })) followed.push(event.id)
  expect(followed).toEqual(raw.map((event) => event.id))
})

test('a start before what the RPC keeps is named, with the first ledger that is there', async () => {
  const short = await startFixture({ retention: 5 })
  try {
    await short.people(12)
    const reading = readEventPage(short.chain, { startLedger: 2 })
    await expect(reading).rejects.toBeInstanceOf(EventsGone)
    await expect(reading).rejects.toMatchObject({ asked: 2, oldestLedger: expect.any(Number) })
  } finally {
    await short.close()
  }
})

test("a refusal of the contract comes with its name and sentence, a token's with its own", async () => {
  const asking = view(f.chain, views.challenge({ challenge: 999 }))
  await expect(asking).rejects.toBeInstanceOf(ContractError)
  await expect(asking).rejects.toMatchObject({ code: 300, errorName: 'NoChallenge' })
  const token = await readToken(f.chain, f.xlm)
  expect(token).toMatchObject({ code: 'XLM', issuer: null, decimals: 7 })
})

/** Our event with its named rows folded back into the tuples that travel. */
function compact(event: ContractEvent): object {
  const {
    type,
    id: _,
    ledger: __,
    closedAt: ___,
    txHash: ____,
    contract: _____,
    ...fields
  } = event as ContractEvent & {
    votes?: { verdict: number; reason: number; score: bigint; content_hash: Uint8Array; units: number }[]
    settled?: { by: number | null; verdict: number; reason: number; flags: number; amount: bigint }[]
  }
  if (type !== 'scored' && type !== 'settled') return fields
  return {
    ...fields,
    ...('votes' in fields
      ? { votes: fields.votes!.map((row) => [row.verdict | (row.reason << 8), row.score, row.content_hash, row.units]) }
      : {}),
    settled: fields.settled!.map((row) => [
      row.by ?? 255,
      row.verdict | (row.reason << 8) | (row.flags << 16),
      row.amount,
    ]),
  }
}

function normal(value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value)
  if (Array.isArray(value)) return value.map(normal)
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]))
  }
  return value
}
