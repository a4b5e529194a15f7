/** The real contract on the real local network, by way of a bad line: its events alone give its whole stored state. */
import {
  closeChallenge,
  releasePayment,
  reveal,
  rule,
  settle,
  topUp,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { cidOf, rejectedVote, scoredVote, unavailableVote } from '@stellartrain/contracts-client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, Challenge, OracleDetail, SubmissionDetail } from './api/types.ts'
import { type FlakyProxy, startFlakyProxy } from './testing/flaky-proxy.ts'
import { type Network, startNetwork } from './testing/network.ts'
import { createChance } from './testing/random.ts'
import { withClient } from './testing/tables.ts'
import { verify } from './verify/verify.ts'

let network: Network
let proxy: FlakyProxy

beforeAll(async () => {
  const through = async (rpcUrl: string) => {
    proxy = await startFlakyProxy(rpcUrl, createChance(5), 0.3)
    return proxy.url
  }
  network = await startNetwork({ pageLimit: 5, through })
})

afterAll(async () => {
  await network?.close()
  await proxy?.close()
})

test('a bounty of three oracles, with every kind of vote, a kept place, a payment that was held, and its end', async () => {
  const maker = await network.person()
  const [o1, o2, o3] = [await network.oracle(), await network.oracle(), await network.oracle()]
  const [ana, ben, cem, dia, eva] = await Promise.all(Array.from({ length: 5 }, network.person))
  const id = await network.challenge(maker, [o1, o2, o3])
  await network.act(topUp({ from: maker.publicKey(), challenge: id, escrow: 0n, fees: 7n }), maker)
  for (const solver of [ana!, ben!, cem!, dia!, eva!]) await network.submit(id, solver)
  const submission = (number: number) => network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`)

  // Held by who settled; a rejection with two reasons, of which the lower one stands.
  const first = [scoredVote(ana!, 9_000_400n, 11, { hold: true }), rejectedVote(cem!, 41)]
  await network.vote(id, o1, first, false)
  await network.vote(id, o2, [first[0]!, rejectedVote(cem!, 40)])
  // Two who disagree on the second one; the third is silent, so its turn passes after a patience.
  await network.vote(id, o1, [scoredVote(ben!, 9_500_000n, 12)])
  await network.vote(id, o2, [rejectedVote(ben!, 20)])
  expect(await network.differences()).toEqual([])
  expect(await submission(1)).toMatchObject({
    ...{ status: 'scored', won: true, due: true, prize: '500000000', flags: { held: true }, payment: null },
    owed: { prize: '500000000', deposit: '5000000', total: '505000000' },
  })
  expect(await submission(2)).toMatchObject({
    ...{ status: 'pending', decision: null, queuePosition: 1, next: { does: 'pass_over', why: 'patience' } },
    votes: [
      { oracle: o1.publicKey(), verdict: 'scored' },
      { oracle: o2.publicKey(), verdict: 'rejected', reason: { code: 20 } },
    ],
  })
  const decided = await submission(3)
  expect(decided).toMatchObject({
    ...{ status: 'pending', next: { does: 'conclude', why: 'turn' } },
    decision: { verdict: 'rejected', reason: { code: 40 }, by: 'oracles', oracles: [o1.publicKey(), o2.publicKey()] },
  })

  await network.net.warp(130)
  const named = (solver: typeof maker) => ({ solver: solver.publicKey(), attempt: 1, hold: false })
  await network.act(settle({ challenge: id, submissions: [ben!, cem!].map(named) }), maker)
  expect(await network.differences()).toEqual([])
  expect(await submission(2)).toMatchObject({ flags: { passed: true, kept: true }, queuePosition: null })
  expect(await submission(3)).toMatchObject({
    status: 'rejected',
    reason: { code: 40 },
    payment: { amount: '4998000' },
  })
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({
    ...{ kept: 1, head: 3, due: 1, keptPlaces: [{ number: 2, solver: ben!.publicKey() }] },
  })

  // A good one behind it: the board is full, the challenge has ended, and who waits is not due.
  for (const oracle of [o1, o2]) await network.vote(id, oracle, [scoredVote(dia!, 9_900_000n, 13)])
  expect(await network.differences()).toEqual([])
  const ended = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(ended).toMatchObject({ phase: 'ended', winners: 2, due: 1, closing: { keptPrize: '500000000', folds: false } })
  expect(ended.board.map(({ number, due, waiting }) => [number, due, waiting])).toEqual([
    [1, true, false],
    [4, false, true],
  ])
  expect(await submission(4)).toMatchObject({ waiting: true, due: false, won: false, prizeToCome: '500000000' })
  expect(await submission(5)).toMatchObject({ status: 'pending', standing: 'void', owed: { total: '5000000' } })

  // The third oracle decides the kept place: it takes the second prize, and who waited has nothing.
  await network.vote(id, o3, [scoredVote(ben!, 9_500_000n, 12)])
  expect(await network.differences()).toEqual([])
  expect(await submission(2)).toMatchObject({ status: 'scored', won: true, place: 2, payment: { amount: '505000000' } })
  expect(await submission(4)).toMatchObject({ place: null, won: false, prizeToCome: '0' })

  // Late votes count in the record alone, and once.
  await network.vote(id, o3, [scoredVote(ana!, 9_000_000n, 11), unavailableVote(cem!)])
  expect(await network.differences()).toEqual([])
  expect((await submission(1)).votes.at(-1)).toMatchObject({ oracle: o3.publicKey(), late: true })
  for (const solver of [ana!, eva!])
    await network.act(releasePayment({ challenge: id, solver: solver.publicKey(), attempt: 1 }), maker)
  await network.act(withdrawFees({ oracle: o1.publicKey(), challenge: id }), maker)
  await network.act(closeChallenge({ challenge: id }), maker)
  await network.act(reveal({ revealer: maker.publicKey(), challenge: id, truth: cidOf(9) }), maker)
  expect(await network.differences()).toEqual([])

  // What the token is called comes from the network by itself, a little later.
  let challenge = await network.get<Challenge>(`/v1/challenges/${id}`)
  while (challenge.asset.code === null) challenge = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(challenge).toMatchObject({
    ...{ phase: 'ended', folded: true, paid: '1000000000', money: { escrow: '0', prizes: '0' } },
    asset: { native: true, code: 'XLM', decimals: 7 },
  })
  const statuses = await Promise.all([1, 2, 3, 4, 5].map(async (number) => (await submission(number)).status))
  expect(statuses).toEqual(['scored', 'scored', 'rejected', 'scored', 'void'])
  const { maker: record } = await network.get<Account>(`/v1/accounts/${maker.publicKey()}`)
  expect(record).toEqual({ challenges: 1, cancelled: 0, decided: 1, undecided: 0, unopened: 0 })

  // A vote that comes after the close reaches the record by the next one, which adds nothing else.
  const detail = () => network.get<OracleDetail>(`/v1/oracles/${o3.publicKey()}`)
  const before = await detail()
  await network.vote(id, o3, [scoredVote(dia!, 9_900_000n, 13)])
  expect(await network.differences()).toEqual([])
  const voted = await detail()
  expect(voted).toMatchObject({ votes: before.votes + 1, agreed: before.agreed + 1, record: before.record })
  expect((await network.get<Challenge>(`/v1/challenges/${id}`)).closing).toMatchObject({ folds: true })
  await network.act(closeChallenge({ challenge: id }), maker)
  expect(await network.differences()).toEqual([])
  const { votes, agreed } = before.record
  expect(await detail()).toMatchObject({
    ...{ votes: voted.votes, agreed: voted.agreed },
    record: { ...before.record, votes: votes + 1, agreed: agreed + 1 },
  })
})

test('a judge decides what the oracles left; an improved vote; what nobody decided is unsettled at the end', async () => {
  const [maker, judge, ana, ben, cem] = await network.people(5)
  const [o1, o2, o3] = [await network.oracle(), await network.oracle(), await network.oracle()]
  const now = BigInt(network.net.ledger().closeTime)
  const id = await network.challenge(maker!, [o1, o2, o3], {
    judge: { address: judge!.publicKey(), judge_by: now + 20_000n },
  })
  for (const solver of [ana!, ben!, cem!]) await network.submit(id, solver)
  await network.net.warp(70)
  await network.vote(id, o1, [unavailableVote(ana!), unavailableVote(ben!)])
  await network.vote(id, o1, [scoredVote(ana!, 9_100_000n, 21)])
  await network.vote(id, o2, [scoredVote(ana!, 9_200_000n, 21)])
  expect(await network.differences()).toEqual([])
  const submission = (number: number) => network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`)
  expect((await submission(1)).votes).toMatchObject([{ improved: true, verdict: 'scored' }, { improved: false }])

  await network.net.warp(14_600)
  await network.caughtUp()
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({ phase: 'judging', judge: {} })
  const ballots = [scoredVote(ana!, 9_200_000n, 21)]
  await network.act(rule({ judge: judge!.publicKey(), challenge: id, report: cidOf(8), ballots }), judge!)
  expect(await network.differences()).toEqual([])
  expect(await submission(1)).toMatchObject({
    ...{
      status: 'pending',
      next: { does: 'pass_over', why: null },
      ballot: { judge: judge!.publicKey(), verdict: 'scored' },
    },
    decision: { by: 'judge', oracles: [], score: { units: '9200000' } },
  })

  await network.net.warp(6_000)
  await network.caughtUp()
  // True before any call has written it.
  expect(await submission(1)).toMatchObject({ status: 'pending', standing: 'scored', won: true, due: true })
  expect(await submission(3)).toMatchObject({ standing: 'unsettled', owed: { total: '5000000' } })
  await network.act(releasePayment({ challenge: id, solver: ana!.publicKey(), attempt: 1 }), maker!)
  await network.act(closeChallenge({ challenge: id }), maker!)
  await network.act(releasePayment({ challenge: id, solver: ben!.publicKey(), attempt: 1 }), maker!)
  expect(await network.differences()).toEqual([])
  expect(await submission(1)).toMatchObject({ status: 'scored', flags: { byJudge: true, prizePaid: true } })
  const { maker: record } = await network.get<Account>(`/v1/accounts/${maker!.publicKey()}`)
  expect(record).toMatchObject({ decided: 0, undecided: 1, unopened: 1 })
  const silent = await network.get<OracleDetail>(`/v1/oracles/${o3.publicKey()}`)
  expect(silent.record).toMatchObject({ folded: 1, votes: 0, missing: 3 })
})

test('a changed table is noticed', async () => {
  await withClient(network.dbUrl, async (client) => {
    await client.query('update submissions set score = score + 1 where challenge = 1 and number = 1')
    await client.query('update challenges set owed = owed + 1 where id = 2')
    expect(proxy.spoiled()).toBeGreaterThan(3)
    const found = await verify(client, network.chain)
    expect(found.map(({ where, field }) => `${where}: ${field}`)).toEqual([
      'challenge 1: board',
      'challenge 1 submission 1: status',
      'challenge 2: owed',
    ])
  })
})
