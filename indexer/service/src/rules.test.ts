/** Rankings, batches paid per unit and earnings on a real network with the built contract: the tables equal its storage. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import {
  claimEarnings,
  closeChallenge,
  postEarnings,
  postRanking,
  type RankingRow,
  releasePayment,
  topUp,
  view,
  views,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { cidOf, rejectedVote, scoredVote } from '@stellartrain/contracts-client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  Account,
  Challenge,
  ChallengePage,
  ClaimPage,
  EpochPage,
  LeaderboardPage,
  OracleDetail,
  SubmissionDetail,
  Totals,
} from './api/types.ts'
import { type Earning, leafOf, treeOf } from './testing/merkle.ts'
import { type Network, startNetwork } from './testing/network.ts'
import { withClient } from './testing/tables.ts'
import { verify } from './verify/verify.ts'

let network: Network

beforeAll(async () => {
  network = await startNetwork({ pageLimit: 7 })
})

afterAll(() => network?.close())

const prizeOf = async (challenge: number, number: number) =>
  (await network.get<SubmissionDetail>(`/v1/challenges/${challenge}/submissions/${number}`)).prize

function release(challenge: number, solver: Keypair, attempt = 1): Promise<bigint> {
  return network.act(releasePayment({ challenge, solver: solver.publicKey(), attempt }), solver)
}

test('a ranking with a quorum replaces a longer running table, and its prizes are paid one by one', async () => {
  const [maker, ana, ben, cem, dia] = await network.people(5)
  const [o1, o2, o3] = [await network.oracle(), await network.oracle(), await network.oracle()]
  const id = await network.challenge(maker!, [o1, o2, o3], {
    payout: { tag: 'Ranked', values: [{ prizes: [60_0000000n, 30_0000000n, 10_0000000n] }] },
    threshold: 5_000_000n,
  })
  for (const solver of [ana!, ben!, cem!, dia!]) await network.submit(id, solver)
  await network.submit(id, ana!, 2)
  const votes = [
    scoredVote(ana!, 6_000_000n, 31),
    scoredVote(ben!, 9_000_000n, 32),
    scoredVote(cem!, 9_000_000n, 33),
    scoredVote(dia!, 4_000_000n, 34),
    scoredVote(ana!, 9_500_000n, 35, { attempt: 2 }),
  ]
  await network.vote(id, o1, votes)
  await network.vote(id, o2, votes)
  expect(await network.differences()).toEqual([])
  const running = await view(network.chain, views.board({ challenge: id }))
  expect(running.map(({ number }) => number)).toEqual([5, 2, 3])

  await network.net.warp(7_300)
  const submission = (number: number) => network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`)
  const row = (solver: Keypair, score: bigint, attempt = 1): RankingRow => ({
    ...{ solver: solver.publicKey(), attempt, score },
  })
  const post = (oracle: Keypair, rows: RankingRow[]) =>
    network.act(postRanking({ by: oracle.publicKey(), challenge: id, report: cidOf(4), rows }), oracle)
  const agreed = [row(cem!, 9_200_000n), row(ana!, 8_000_000n)]
  expect(await post(o1, agreed)).toBe(false)
  expect(await post(o2, [row(ana!, 8_000_000n)])).toBe(false)
  expect(await network.differences()).toEqual([])
  const before = await network.get<LeaderboardPage>(`/v1/challenges/${id}/leaderboard`)
  expect(before.data.map((one) => [one.rank, one.number, one.place, one.prize])).toEqual([
    [1, 5, 1, '600000000'],
    [2, 2, 2, '300000000'],
    [3, 3, 3, '100000000'],
    [4, 4, null, '0'],
  ])
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({ phase: 'grading', ranking: 'open' })
  expect(await post(o3, agreed)).toBe(true)
  expect(await network.differences()).toEqual([])
  expect(await Promise.all([1, 2, 3].map((number) => prizeOf(id, number)))).toEqual(['300000000', '0', '600000000'])

  expect(await release(id, cem!)).toBe(60_0000000n)
  expect(await network.differences()).toEqual([])
  const [due, paid] = await Promise.all([1, 3].map(submission))
  // Whoever won with the first of two attempts is paid for that one.
  expect(due).toMatchObject({ won: true, place: 2, prize: '300000000', owed: { total: '300000000' } })
  expect(paid).toMatchObject({ won: true, payment: { amount: '605000000' }, flags: { prizePaid: true } })
  expect(paid).toMatchObject({ owed: { total: '0' }, place: 1 })
  const after = await network.get<LeaderboardPage>(`/v1/challenges/${id}/leaderboard`)
  expect(
    after.data.map((one) => [one.rank, one.number, one.place, one.prize, one.privateScore?.units ?? null]),
  ).toEqual([
    [1, 3, 1, '600000000', '9200000'],
    [2, 1, 2, '300000000', '8000000'],
    [3, 2, null, '0', null],
    [4, 4, null, '0', null],
  ])
  // The past is as it was shown then.
  const { ledger } = before._meta
  const then = await network.get<LeaderboardPage>(`/v1/challenges/${id}/leaderboard?at_ledger=${ledger}&limit=3`)
  expect(then.data).toEqual(before.data.slice(0, 3))
  const more = await network.get<LeaderboardPage>(
    `/v1/challenges/${id}/leaderboard?at_ledger=${ledger}&cursor=${then.next}`,
  )
  expect(more.data).toEqual(before.data.slice(3))
  expect(await network.get<Challenge>(`/v1/challenges/${id}?at_ledger=${ledger}`)).toMatchObject({
    ...{ atLedger: ledger, phase: 'grading', ranking: 'open', paid: '0', concluded: 5 },
  })
  const ranked = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(ranked).toMatchObject({
    payout: { rule: 'ranked', prizes: ['600000000', '300000000', '100000000'] },
    ranking: 'oracles',
    board: [
      { place: 1, solver: cem!.publicKey(), number: 3, prize: '600000000', paid: true, score: { units: '9200000' } },
      { place: 2, solver: ana!.publicKey(), number: 1, prize: '300000000', paid: false },
    ],
  })
  expect(ranked.rankings.map(({ by, quorum, rows }) => [by, quorum, rows.length])).toEqual([
    [o1.publicKey(), false, 2],
    [o2.publicKey(), false, 1],
    [o3.publicKey(), true, 2],
  ])
  await release(id, ana!)
  await network.act(withdrawFees({ oracle: o2.publicKey(), challenge: id }), o2)
  await network.act(closeChallenge({ challenge: id }), maker!)
  expect(await network.differences()).toEqual([])
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({
    phase: 'grading',
    folded: true,
    winners: 2,
    paid: '900000000',
  })
  // Both prizes were due at the deadline, two hours after the submissions: that wait is nobody's delay.
  const { medianSecondsToPayment } = await network.get<Totals>('/v1/totals')
  expect(medianSecondsToPayment).toBeGreaterThanOrEqual(100)
  expect(medianSecondsToPayment).toBeLessThan(1_000)
})

test('without a ranking the running table counts in full, and what nobody graded is unsettled', async () => {
  const [maker, ana, ben, cem, dia] = await network.people(5)
  const oracle = await network.oracle()
  const id = await network.challenge(maker!, [oracle], {
    payout: { tag: 'Ranked', values: [{ prizes: [60_0000000n, 30_0000000n] }] },
  })
  for (const solver of [ana!, ben!, cem!, dia!]) await network.submit(id, solver)
  await network.vote(id, oracle, [
    scoredVote(ana!, 9_100_000n, 41),
    scoredVote(ben!, 9_200_000n, 42),
    rejectedVote(cem!, 40),
  ])
  await network.net.warp(14_500)
  expect(await network.differences()).toEqual([])
  const waiting = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(waiting).toMatchObject({ phase: 'over', ranking: 'running_table', due: 2 })
  // What is owed is true of this moment, before any call has written it.
  const owed = async (number: number) =>
    (await network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`)).owed.total
  expect(await Promise.all([1, 2, 3, 4].map(owed))).toEqual(['300000000', '600000000', '0', '5000000'])
  // The first call after the end makes it final; it is one who won nothing.
  expect(await release(id, dia!)).toBe(5_000_000n)
  expect(await network.differences()).toEqual([])
  expect(await Promise.all([1, 2, 3, 4].map((number) => prizeOf(id, number)))).toEqual([
    ...['300000000', '600000000', '0', '0'],
  ])
  expect(await release(id, ben!)).toBe(60_0000000n)
  await network.act(closeChallenge({ challenge: id }), maker!)
  expect(await release(id, ana!)).toBe(30_0000000n)
  expect(await network.differences()).toEqual([])
})

test('a batch is paid by its accepted units out of what was reserved for it; the ungraded come back', async () => {
  const [maker, ana, ben, cem] = await network.people(4)
  const [o1, o2, o3] = [await network.oracle(), await network.oracle(), await network.oracle()]
  const id = await network.challenge(
    ...[maker!, [o1, o2, o3]],
    { payout: { tag: 'PerUnit', values: [{ rate: 100_000n, max_units: 20 }] } },
    { prize: 40_000_000n },
  )
  await network.submit(id, ana!, 1, 10)
  await network.submit(id, ben!, 1, 5)
  await network.submit(id, cem!, 1, 20)
  expect(await network.differences()).toEqual([])
  const open = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(open).toMatchObject({
    payout: { rule: 'per_unit', rate: '100000', maxUnits: 20 },
    money: { escrow: '36500000', reserved: '3500000' },
    units: { submitted: 35, accepted: 0, pending: 35 },
  })
  const votes = [scoredVote(ana!, 0n, 51, { units: 7 }), rejectedVote(ben!, 40)]
  await network.vote(id, o1, votes)
  await network.vote(id, o2, [scoredVote(ana!, 0n, 51, { units: 7, hold: true }), rejectedVote(ben!, 39)])
  expect(await network.differences()).toEqual([])
  const [batch, waiting] = await Promise.all(
    [1, 3].map((number) => network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`)),
  )
  expect(batch).toMatchObject({
    ...{ units: 10, acceptedUnits: 7, prize: '700000', won: true, reserved: '0', flags: { held: true } },
    owed: { prize: '0', pay: '700000', deposit: '5000000', total: '5700000' },
  })
  expect(waiting).toMatchObject({ units: 20, acceptedUnits: null, prize: '0', reserved: '2000000' })
  expect((await network.get<Challenge>(`/v1/challenges/${id}`)).units).toEqual({
    submitted: 35,
    accepted: 7,
    pending: 20,
  })
  expect(await release(id, ana!)).toBe(700_000n + 5_000_000n)
  await network.act(topUp({ from: maker!.publicKey(), challenge: id, escrow: 60_000_000n, fees: 3n }), maker!)
  // Three who disagree: nobody decides, and its reservation is free again at the end.
  for (const [oracle, units] of [
    [o1, 20],
    [o2, 19],
    [o3, 18],
  ] as const)
    await network.vote(id, oracle, [scoredVote(cem!, 0n, 52, { units })])
  expect(await network.differences()).toEqual([])
  await network.net.warp(14_500)
  expect(await release(id, cem!)).toBe(5_000_000n)
  await network.act(closeChallenge({ challenge: id }), maker!)
  expect(await network.differences()).toEqual([])
})

test('epochs of earnings: oracles replace their votes, totals grow, labelers claim against any epoch', async () => {
  const [maker, ana, ben, cem] = await network.people(4)
  const oracles = [await network.oracle(), await network.oracle(), await network.oracle()]
  const id = await network.challenge(
    ...[maker!, oracles],
    { payout: { tag: 'Earnings', values: undefined }, deposit: 0n },
    { prize: 100_000n },
  )
  const contract = network.chain.network.contract
  const epochOf = (epoch: number, earnings: Earning[]) => ({
    ...{ epoch, earnings },
    ...treeOf(earnings.map((one) => leafOf(contract, id, epoch, one))),
  })
  type Epoch = ReturnType<typeof epochOf>
  const post = (place: number, { epoch, left, right }: Epoch) => {
    const oracle = oracles[place]!
    const args = { oracle: oracle.publicKey(), challenge: id, epoch, left, right, report: cidOf(6) }
    return network.act(postEarnings(args), oracle)
  }
  const claim = (who: Keypair, { epoch, earnings, proofs }: Epoch, index: number) => {
    const { labeler, cumulative } = earnings[index]!
    return network.act(claimEarnings({ challenge: id, epoch, labeler, cumulative, proof: proofs[index]! }), who)
  }
  const first = epochOf(1, [
    { labeler: ana!.publicKey(), cumulative: 700n },
    { labeler: ben!.publicKey(), cumulative: 300n },
  ])
  const other = epochOf(1, [{ labeler: ana!.publicKey(), cumulative: 999n }])
  expect(await post(0, first)).toBe(false)
  expect(await post(1, other)).toBe(false)
  expect(await network.differences()).toEqual([])
  const voted = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(voted.epochVotes).toMatchObject([{ epoch: 1, total: '1000' }, { total: '999' }])
  expect(await post(1, first)).toBe(true)
  expect(await network.differences()).toEqual([])
  expect(await claim(cem!, first, 0)).toBe(700n)
  expect(await network.differences()).toEqual([])

  await network.act(topUp({ from: ana!.publicKey(), challenge: id, escrow: 50_000n, fees: 0n }), ana!)
  const second = epochOf(2, [
    { labeler: ana!.publicKey(), cumulative: 120_000n },
    { labeler: ben!.publicKey(), cumulative: 800n },
    { labeler: cem!.publicKey(), cumulative: 1n },
  ])
  await post(0, second)
  await post(1, second)
  expect(await claim(ben!, first, 1)).toBe(300n)
  for (const [index, who] of [ana!, ben!].entries()) await claim(who, second, index)
  expect(await network.differences()).toEqual([])
  const { data: epochs } = await network.get<EpochPage>(`/v1/challenges/${id}/epochs`)
  expect(epochs.map((one) => [one.epoch, one.total, one.increase, one.votes.length])).toEqual([
    [2, '120801', '119801', 2],
    [1, '1000', '1000', 2],
  ])
  const older = await network.get<EpochPage>(`/v1/challenges/${id}/epochs?limit=1`)
  expect((await network.get<EpochPage>(`/v1/challenges/${id}/epochs?cursor=${older.next}`)).data).toEqual(
    epochs.slice(1),
  )
  const claims = await network.get<ClaimPage>(`/v1/challenges/${id}/claims?labeler=${ana!.publicKey()}&limit=1`)
  expect(claims.data).toMatchObject([{ epoch: 2, amount: '119300', cumulative: '120000', labeler: ana!.publicKey() }])
  const newest = await network.get<ClaimPage>(`/v1/accounts/${ana!.publicKey()}/claims?limit=1`)
  expect(newest.data).toEqual(claims.data)
  const rest = await network.get<ClaimPage>(`/v1/accounts/${ana!.publicKey()}/claims?cursor=${newest.next}`)
  expect(rest.data).toMatchObject([{ epoch: 1, amount: '700', cumulative: '700' }])
  const account = await network.get<Account>(`/v1/accounts/${ana!.publicKey()}`)
  expect(account).toMatchObject({
    earned: [{ amount: '120000', payments: 2 }],
    earnings: [{ challenge: id, claimed: '120000', claims: 2, epoch: 2 }],
  })
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({
    ...{ payout: { rule: 'earnings' }, phase: 'open', prize: '100000', added: '50000', paid: '120800' },
    earnings: { epochs: 2, total: '120801', claimed: '120800' },
    money: { escrow: '29199', unclaimed: '1', added: '50000' },
  })

  await network.net.warp(14_500)
  await network.act(closeChallenge({ challenge: id }), maker!)
  expect(await claim(cem!, second, 2)).toBe(1n)
  expect(await network.differences()).toEqual([])
  expect(await network.get<Challenge>(`/v1/challenges/${id}`)).toMatchObject({ phase: 'over', paid: '120801' })
})

test('lists are filtered by rule, and an oracle shows the record that the contract keeps', async () => {
  const { data } = await network.get<ChallengePage>('/v1/challenges?rule=per_unit')
  expect(data.map(({ payout }) => payout.rule)).toEqual(['per_unit'])
  const [oracle] = (await network.get<Challenge>('/v1/challenges/2')).oracles
  const { record } = await network.get<OracleDetail>(`/v1/oracles/${oracle!.address}`)
  const { versions, ...stored } = await view(network.chain, views.oracle({ oracle: oracle!.address }))
  expect(record).toEqual(stored)
  expect([stored.folded, versions]).toEqual([1, 1])
})

test('at the present ledger every challenge is what it is now, and before its creation there is none', async () => {
  await network.caughtUp()
  for (const id of [1, 2, 3, 4]) {
    const now = await network.get<Challenge>(`/v1/challenges/${id}`)
    const { ledger } = now._meta
    const then = await network.get<Challenge>(`/v1/challenges/${id}?at_ledger=${ledger}`)
    expect({ ...then, atLedger: null, _meta: null }).toEqual({ ...now, _meta: null })
    const leaders = await network.get<LeaderboardPage>(`/v1/challenges/${id}/leaderboard`)
    expect((await network.get<LeaderboardPage>(`/v1/challenges/${id}/leaderboard?at_ledger=${ledger}`)).data).toEqual(
      leaders.data,
    )
    const early = await fetch(`${network.apiUrl}/v1/challenges/${id}?at_ledger=${now.createdLedger! - 1}`)
    expect(early.status).toBe(404)
    const late = await fetch(`${network.apiUrl}/v1/challenges/${id}?at_ledger=${ledger + 1_000}`)
    expect(late.status).toBe(400)
  }
})

test('a changed table of any kind is noticed', async () => {
  await withClient(network.dbUrl, async (client) => {
    await client.query('begin')
    for (const change of [
      'update challenges set prizes = \'["600000000", "300000000", "99999999"]\' where id = 1',
      'update challenges set unsettled = unsettled + 1 where id = 3',
      "update places set score = score + 1 where challenge = 1 and place = 1 and list = 'ranking'",
      "update rankings set rows = '[]' where challenge = 1 and by = 1",
      "update shares set shares = 'ff' where challenge = 2",
      'update claims set amount = amount + 1 where epoch = 1 and amount = 700',
      'update epoch_votes set total = total - 1 where epoch = 2 and quorum',
      'update challenge_oracles set missing = missing + 1 where challenge = 2',
      'delete from oracle_keys where oracle = (select address from challenge_oracles where challenge = 1 and place = 0)',
      // The contract keeps no such sums: they are held against the rows.
      'update earned set payments = payments + 1 where (account, token) = (select account, token from earned limit 1)',
    ]) {
      expect((await client.query(change)).rowCount, change).toBe(1)
    }
    // What is compared is read in this transaction, which no one else sees, instead of in one of its own.
    const inside = new Proxy(client, {
      get: (target, key) =>
        key === 'query'
          ? (...call: unknown[]) =>
              Reflect.apply(target.query, target, /^(begin|commit)\b/.test(String(call[0])) ? ['select'] : call)
          : Reflect.get(target, key),
    })
    const found = await verify(inside, network.chain)
    await client.query('rollback')
    const fields = found.map(({ where, field }) => `${where}: ${field}`.replaceAll(/([GC])[A-Z2-7]{55}/g, '$1…'))
    expect(new Set(fields)).toEqual(
      new Set([
        'challenge 1: payout',
        'challenge 1: rankingRows',
        'challenge 1: rankingVotes',
        'challenge 2: shares',
        'challenge 2: tallies',
        'challenge 3: unsettled',
        'challenge 4 epochs: 2',
        'challenge 4 claimed: G…',
        ...['versions', 'accepted', 'folded', 'votes', 'unavailable', 'agreed', 'disagreed', 'missing'].map(
          (one) => `oracle G…: ${one}`,
        ),
        'oracle G… keys: 0',
        'earned G… C…: payments',
      ]),
    )
  })
})
