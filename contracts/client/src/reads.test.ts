/** What is read agrees however it is read: events with the SDK's own decoder, storage with the views, pages with each other. */

import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contractSpec } from './contract/spec.ts'
import {
  type Call,
  ContractError,
  type ContractEvent,
  decodeEvent,
  type EventRow,
  EventsGone,
  followEvents,
  fromHex,
  invoke,
  postScores,
  type RawEvent,
  type Rpc,
  readEventPage,
  readToken,
  releasePayment,
  stored,
  toHex,
  topUp,
  Verdict,
  view,
  viewed,
  views,
} from './index.ts'
import { unpackFlags } from './rules/flags.ts'
import { packBy, packWhat } from './rules/row.ts'
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
  const oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
  challenge = await f.challenge(maker!, oracles, { deposit: 500n })
  for (const solver of solvers) await f.submit(challenge, solver)
  const votes = [
    scoredVote(solvers[0]!, 8_123_456n, 5),
    rejectedVote(solvers[1]!, 43),
    scoredVote(solvers[2]!, 8_123_456n, 5),
  ]
  for (const [place, oracle] of oracles.slice(0, 2).entries()) {
    const batch = place === 0 ? votes : [votes[0]!, rejectedVote(solvers[1]!, 41)]
    const call = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes: batch, settle: true })
    await invoke(f.chain, call, oracle, quick)
  }
  await invoke(f.chain, topUp({ from: maker!.publicKey(), challenge, escrow: 0n, fees: 5n }), maker!, quick)
  const held = [scoredVote(solvers[2]!, 8_123_456n, 5, { hold: true })]
  const last = { oracle: oracles[2]!.publicKey(), challenge, report: cidOf(9), votes: held, settle: true }
  await invoke(f.chain, postScores(last), oracles[2]!, quick)
  const third = { challenge, solver: solvers[2]!.publicKey(), attempt: 1 }
  await invoke(f.chain, releasePayment(third), maker!, quick)
  await f.submit(challenge, solvers[0]!, 2)
  const again = [scoredVote(solvers[0]!, 8_200_000n, 6, { attempt: 2 })]
  const vote = { oracle: oracles[2]!.publicKey(), challenge, report: cidOf(9), votes: again, settle: false }
  await invoke(f.chain, postScores(vote), oracles[2]!, quick)
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
    new Set([
      'oracle_registered',
      'challenge_created',
      'challenge_accepted',
      'submitted',
      'scored',
      'topped_up',
      'payment_released',
    ]),
  )
})

test('rows say whose verdict it is and how the submission stands', () => {
  const rows = raw.map((event) => decodeEvent(event)!).flatMap((event) => (event.type === 'scored' ? [event.rows] : []))
  const content = toHex(cidOf(5).digest)
  const score = { status: 'scored', score: 8_123_000n, content, units: 0 }
  const none = unpackFlags(0)
  expect(rows.slice(0, 2)).toEqual([
    [
      { number: 1, by: 'open', says: score, flags: none, status: 'pending', amount: 0n },
      { number: 2, by: 'open', says: { status: 'rejected', reason: 43 }, flags: none, status: 'pending', amount: 0n },
      { number: 3, by: 'open', says: score, flags: none, status: 'pending', amount: 0n },
    ],
    [
      { number: 1, by: 0, says: score, flags: none, status: 'scored', amount: 500n },
      // The lower reason of the two equal votes is the verdict's.
      {
        number: 2,
        by: 1,
        says: { status: 'rejected', reason: 41 },
        flags: none,
        status: 'rejected',
        amount: 0n,
      },
    ],
  ])
})

test('what is read from storage is what the contract returns', async () => {
  const [solver, ...others] = solvers.map((pair) => pair.publicKey())
  const ids = [solver!, ...others].map((address) => ({ solver: address, attempt: 1 }))
  ids.push({ solver: solver!, attempt: 2 })
  const oracle = (await view(f.chain, views.challenge({ challenge }))).terms.oracles[0]!
  const run = async <T>(call: Call<T>) => (await viewed(f.chain, call)).result
  const shown: Call<unknown>[] = [
    views.challenge({ challenge }),
    views.state({ challenge }),
    views.shares({ challenge }),
    ...ids.map(({ solver, attempt }) => views.submission({ challenge, solver, attempt })),
    views.submissions({ challenge, ids }),
    views.oracle({ oracle }),
    views.oracleKey({ oracle, version: 1 }),
    views.maker({ maker: (await view(f.chain, views.challenge({ challenge }))).maker }),
  ]
  const asked: string[] = []
  const rpc: Rpc = {
    ...f.chain.rpc,
    request: (method, params, options) => {
      asked.push(method)
      return f.chain.rpc.request(method, params, options)
    },
  }
  for (const call of shown)
    expect(normal(await view({ ...f.chain, rpc }, call)), call.method).toEqual(normal(await run(call)))
  // None of them ran the contract.
  expect(new Set(asked)).toEqual(new Set(['getLedgerEntries']))
  expect(normal(await stored.board(f.chain, challenge))).toEqual(
    normal((await view(f.chain, views.board({ challenge }))).map(({ prize, due, ...place }) => place)),
  )
  const all = await run(views.submissions({ challenge, ids }))
  expect(all.map((one) => [one.verdict, one.votes.length])).toEqual([
    [Verdict.Scored, 0],
    [Verdict.Rejected, 0],
    [Verdict.Scored, 0],
    [Verdict.Pending, 1],
  ])
  expect(normal(await stored.submissions(f.chain, challenge, ids))).toEqual(normal(all))
  expect(await stored.reveal(f.chain, challenge, solver!)).toBeUndefined()
})

test('of what storage does not have the contract itself says so', async () => {
  await expect(view(f.chain, views.challenge({ challenge: 999 }))).rejects.toMatchObject({ errorName: 'NoChallenge' })
  const nothing = { challenge, solver: solvers[0]!.publicKey(), attempt: 9 }
  await expect(view(f.chain, views.submission(nothing))).rejects.toMatchObject({ errorName: 'NoSubmission' })
  const nobody = nothing.solver
  await expect(view(f.chain, views.oracle({ oracle: nobody }))).rejects.toMatchObject({ errorName: 'NotRegistered' })
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

/** Our event with its rows folded back into the tuples that travel. */
function compact({
  type: _,
  id: __,
  ledger: ___,
  closedAt: ____,
  txHash: _____,
  contract: ______,
  ...fields
}: ContractEvent) {
  const found = fields as { rows?: unknown[]; row?: unknown }
  return {
    ...fields,
    ...(found.rows ? { rows: found.rows.map(tuple) } : {}),
    ...(found.row ? { row: tuple(found.row) } : {}),
  }
}

function tuple(row: unknown): unknown {
  const { number, by, says, flags, status, amount } = row as EventRow
  const reason = says.status === 'rejected' ? says.reason : 0
  const what = packWhat({ verdict: says.status, reason, flags, status })
  const scored = says.status === 'scored' ? says : { score: 0n, content: '00'.repeat(32), units: 0 }
  return [number, packBy(by), what, scored.score, fromHex(scored.content), scored.units, amount]
}

function normal(value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value)
  if (Array.isArray(value)) return value.map(normal)
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]))
  }
  return value
}
