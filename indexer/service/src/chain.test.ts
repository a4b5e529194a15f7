/** The real contract on the real local network, by way of a bad line: its events alone give its whole stored state. */
import {
  closeChallenge,
  releasePayment,
  reveal,
  settle,
  topUp,
  view,
  views,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { cidOf, rejectedVote, scoredVote, unavailableVote } from '@stellartrain/contracts-client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Challenge, SubmissionDetail } from './api/types.ts'
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

test('a challenge of three oracles, with every kind of vote, verdict and payment', async () => {
  const maker = await network.person()
  const [o1, o2, o3] = [await network.oracle(), await network.oracle(), await network.oracle()]
  const [ana, ben, cem, dia, eva, fay, gil] = await Promise.all(Array.from({ length: 7 }, network.person))
  const id = await network.challenge(maker, [o1, o2, o3], {
    payout: { tag: 'Bounty', values: [{ reward: 50_0000000n, winners: 2 }] },
  })
  await network.act(topUp({ from: maker.publicKey(), challenge: id, escrow: 0n, fees: 7n }), maker)
  for (const solver of [ana!, ben!, cem!, dia!, eva!, fay!]) await network.submit(id, solver)

  const first = [
    scoredVote(ana!, 9_000_400n, 11, { hold: true }),
    scoredVote(ben!, 8_000_000n, 12),
    rejectedVote(cem!, 41),
  ]
  await network.vote(id, o1, first)
  await network.vote(id, o2, [first[0]!, scoredVote(ben!, 8_500_000n, 12), rejectedVote(cem!, 40)])
  await network.vote(id, o3, [first[0]!, first[1]!], false)
  const named = (solver: typeof maker) => ({ solver: solver.publicKey(), attempt: 1, hold: false })
  await network.act(settle({ challenge: id, submissions: [ben!, cem!].map(named) }), maker)
  // A copy of the first content; three who disagree; one that nobody can open; one who wins the last place.
  await network.net.warp(120)
  await network.submit(id, gil!)
  const rest = (last: bigint) => [
    scoredVote(dia!, 9_900_000n, 11),
    scoredVote(eva!, last, 15),
    unavailableVote(fay!),
    scoredVote(gil!, 9_500_000n, 16),
  ]
  await network.vote(id, o1, rest(1_000_000n))
  await network.vote(id, o2, rest(2_000_000n))
  await network.vote(id, o3, [rejectedVote(cem!, 9), ...rest(3_000_000n)])
  const stored = await view(network.chain, views.state({ challenge: id }))
  expect([stored.finalized, stored.winners]).toEqual([7, 2])

  for (const solver of [ana!, eva!, fay!]) {
    await network.act(releasePayment({ challenge: id, solver: solver.publicKey(), attempt: 1 }), maker)
  }
  await network.act(withdrawFees({ oracle: o1.publicKey(), challenge: id }), maker)
  await network.act(reveal({ revealer: maker.publicKey(), challenge: id, truth: cidOf(9) }), maker)
  await network.act(closeChallenge({ challenge: id }), maker)

  await network.caughtUp()
  expect(await withClient(network.dbUrl, (client) => verify(client, network.chain))).toEqual([])
  // What the token is called comes from the network by itself, a little later.
  let challenge = await network.get<Challenge>(`/v1/challenges/${id}`)
  while (challenge.asset.code === null) challenge = await network.get<Challenge>(`/v1/challenges/${id}`)
  expect(challenge).toMatchObject({
    state: 'ended',
    winners: 2,
    paid: '1000000000',
    asset: { native: true, code: 'XLM', decimals: 7 },
  })
  const statuses = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7].map(
      async (n) => (await network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/${n}`)).status,
    ),
  )
  expect(statuses).toEqual(['scored', 'scored', 'rejected', 'duplicate', 'unsettled', 'unsettled', 'scored'])
})

test('silence: what the rules give the ungraded at the end is in the tables as in the contract', async () => {
  const maker = await network.person()
  const [o1, o2] = [await network.oracle(), await network.oracle()]
  const [ana, ben, cem] = await Promise.all(Array.from({ length: 3 }, network.person))
  const id = await network.challenge(maker, [o1, o2])
  for (const solver of [ana!, ben!, cem!]) await network.submit(id, solver)
  await network.vote(id, o1, [scoredVote(ana!, 1_000n, 21), rejectedVote(ben!, 40)])
  await network.net.warp(14_500)
  await network.act(releasePayment({ challenge: id, solver: ana!.publicKey(), attempt: 1 }), maker)
  await network.caughtUp()
  expect(await withClient(network.dbUrl, (client) => verify(client, network.chain))).toEqual([])
  const ungraded = await network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/3`)
  expect(ungraded).toMatchObject({ status: 'ungraded', queuePosition: 3 })

  await network.act(closeChallenge({ challenge: id }), maker)
  await network.act(releasePayment({ challenge: id, solver: ben!.publicKey(), attempt: 1 }), maker)
  await network.caughtUp()
  expect(await withClient(network.dbUrl, (client) => verify(client, network.chain))).toEqual([])
  const paid = await network.get<SubmissionDetail>(`/v1/challenges/${id}/submissions/1`)
  expect(paid).toMatchObject({ status: 'unsettled', silence: '250000000', depositReturned: true })
  expect((await network.get<Challenge>(`/v1/challenges/${id}`)).state).toBe('expired')
})

test('a changed table is noticed', async () => {
  await withClient(network.dbUrl, async (client) => {
    await client.query('update submissions set score = score + 1 where challenge = 1 and number = 1')
    await client.query('update challenges set held = held + 1 where id = 2')
    expect(proxy.spoiled()).toBeGreaterThan(3)
    const found = await verify(client, network.chain)
    expect(found.map(({ where, field }) => `${where}: ${field}`)).toEqual([
      'challenge 1 submission 1: score',
      'challenge 2: held',
    ])
  })
})
