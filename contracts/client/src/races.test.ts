/** What others do between simulation and the ledger must not fail anybody: real ledgers, the built contract, true races. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecordsWasm } from './deploy/wasm.ts'
import {
  createChallenge,
  invoke,
  keypairSigner,
  postRanking,
  postScores,
  promisedPrize,
  readBalance,
  readSubmissions,
  readToken,
  releasePayment,
  type Signer,
  settle,
  stored,
  submit,
  Verdict,
  view,
  views,
} from './index.ts'
import { badgePictureCid, deployRecords, recordsAt } from './periphery/records.ts'
import { FLAG, hasFlag } from './rules/flags.ts'
import { cidOf, type Fixture, scoredVote, startFixture } from './testing/fixture.ts'

let f: Fixture
beforeAll(async () => {
  f = await startFixture()
})
afterAll(() => f.close())

const quick = { pollMs: 20 }

/** Signs only when `others` are done: everything was simulated before they happened. Counts how often it was asked. */
function signsAfter(pair: Keypair, others: () => Promise<unknown>): Signer & { asked: number } {
  const signer = keypairSigner(pair)
  return {
    address: signer.address,
    asked: 0,
    async sign(xdr, request) {
      this.asked++
      if (this.asked === 1) await others()
      return signer.sign(xdr, request)
    },
  }
}

/** Everybody waits here until all have come. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let here = 0
  return () => {
    if (++here === count) resolve()
    return promise
  }
}

const thousand = 1_000_0000000n

test('twenty solvers who simulate against the same ledger all submit, each with one signature', async () => {
  const [maker] = await f.people(1)
  const oracle = await f.oracle()
  const solvers = await f.people(20)
  const challenge = await f.challenge(maker!, [oracle])
  const barrier = meeting(solvers.length)
  const signers = solvers.map((solver) => signsAfter(solver, barrier))
  const ledger = f.net.ledger().sequence
  const receipts = await Promise.all(
    signers.map((signer, index) => {
      const work = { cid: cidOf(200 + index), commitment: cidOf(0).digest, units: 0, carry: 0n }
      return invoke(f.chain, submit({ solver: signer.address, challenge, attempt: 1, ...work }), signer, quick)
    }),
  )
  expect(receipts.map((receipt) => receipt.returnValue).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  expect(signers.map((signer) => signer.asked)).toEqual(solvers.map(() => 1))
  expect(Math.min(...receipts.map((receipt) => receipt.ledger))).toBeGreaterThan(ledger)
  expect((await view(f.chain, views.state({ challenge }))).submitted).toBe(20)
})

test('a trustline removed between simulation and the ledger breaks no batch: the others are paid, it is held', async () => {
  const [maker, steady, fickle] = await f.people(3)
  const oracle = await f.oracle()
  const asset = await f.asset('USDX')
  await asset.give(maker!, '5000')
  await asset.trust(steady!)
  await asset.trust(fickle!)
  const challenge = await f.challenge(
    maker!,
    [oracle],
    {
      token: asset.contract,
      payout: { tag: 'Bounty', values: [{ reward: thousand, winners: 2 }] },
    },
    { feeBudget: 1_0000000n },
  )
  await f.submit(challenge, fickle!)
  await f.submit(challenge, steady!)
  const signer = signsAfter(oracle, () => asset.untrust(fickle!))
  const votes = [scoredVote(fickle!, 9_900_000n, 1), scoredVote(steady!, 9_800_000n, 2)]
  const call = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true })
  await invoke(f.chain, call, signer, quick)
  expect(signer.asked).toBe(1)

  const token = await readToken(f.chain, asset.contract)
  const ids = [fickle!, steady!].map((solver) => ({ solver: solver.publicKey(), attempt: 1 }))
  const [held, paid] = await readSubmissions(f.chain, challenge, ids)
  expect(hasFlag(held!.flags, 'prizePaid')).toBe(false)
  expect((await view(f.chain, views.state({ challenge }))).purse.prizes).toBe(thousand)
  expect(hasFlag(paid!.flags, 'prizePaid')).toBe(true)
  expect(await readBalance(f.chain, token, fickle!.publicKey())).toBeNull()
  expect(await readBalance(f.chain, token, steady!.publicKey())).toBe(thousand)

  await asset.trust(fickle!)
  await invoke(f.chain, releasePayment({ challenge, solver: fickle!.publicKey(), attempt: 1 }), steady!, quick)
  expect(await readBalance(f.chain, token, fickle!.publicKey())).toBe(thousand)
})

test("another oracle's vote landing in between makes this one the quorum, and it pays without a second signature", async () => {
  const [maker, solver] = await f.people(2)
  const [first, second, third] = [await f.oracle(), await f.oracle(), await f.oracle()]
  const payout = { tag: 'Bounty' as const, values: [{ reward: 50_0000000n, winners: 2 }] as const }
  const challenge = await f.challenge(maker!, [first, second, third], { payout })
  await f.submit(challenge, solver!)
  const vote = scoredVote(solver!, 9_500_000n, 3)
  const post = (oracle: Keypair) =>
    postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes: [vote], settle: true })
  const token = await readToken(f.chain, f.xlm)
  const before = await readBalance(f.chain, token, solver!.publicKey())
  const signer = signsAfter(first, () => invoke(f.chain, post(second), second, quick))
  await invoke(f.chain, post(first), signer, quick)
  expect(signer.asked).toBe(1)
  const [stored] = await readSubmissions(f.chain, challenge, [{ solver: solver!.publicKey(), attempt: 1 }])
  expect(stored).toMatchObject({ verdict: Verdict.Scored, score: 9_500_000n })
  expect(await readBalance(f.chain, token, solver!.publicKey())).toBe(before! + 50_0000000n)
  // The third oracle comes late; its vote counts in its record and changes nothing.
  await invoke(f.chain, post(third), third, quick)
  const state = await view(f.chain, views.state({ challenge }))
  expect(state.tallies.map((tally) => tally.agreed)).toEqual([1, 1, 1])
  expect(state.rows).toBe(1)
})

test('two of three oracles make a quorum; a dissenting third stands on record and changes nothing', async () => {
  const [maker, solver] = await f.people(2)
  const oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
  const challenge = await f.challenge(maker!, oracles)
  await f.submit(challenge, solver!)
  const scores = [9_000_000n, 9_500_000n, 9_500_000n]
  for (const [index, oracle] of oracles.entries()) {
    const votes = [scoredVote(solver!, scores[index]!, 4)]
    const call = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: false })
    await invoke(f.chain, call, oracle, quick)
  }
  const submissions = [{ solver: solver!.publicKey(), attempt: 1, hold: false }]
  await invoke(f.chain, settle({ challenge, submissions }), maker!, quick)
  const [stored] = await readSubmissions(f.chain, challenge, submissions)
  expect(stored).toMatchObject({ verdict: Verdict.Scored, score: 9_500_000n, flags: FLAG.prizePaid })
  const state = await view(f.chain, views.state({ challenge }))
  expect(state.tallies.map(({ agreed, disagreed }) => [agreed, disagreed])).toEqual([
    [0, 1],
    [1, 0],
    [1, 0],
  ])
  expect(state.purse.fees).toEqual([0n, 1_000n, 1_000n])
})

test('three challenges created between simulation and the ledger cost no second signature', async () => {
  const makers = await f.people(4)
  const oracle = await f.oracle()
  const terms = await f.terms([oracle])
  const create = (maker: string) =>
    createChallenge({ maker, terms, prize: promisedPrize(terms.payout)!, fee_budget: 0n })
  const others = async () => {
    for (const maker of makers.slice(1)) await f.act(create(maker.publicKey()), maker)
  }
  const signer = signsAfter(makers[0]!, others)
  const before = await view(f.chain, views.challenges())
  const { returnValue } = await invoke(f.chain, create(signer.address), signer, quick)
  expect(returnValue).toBe(before + 4)
  expect(signer.asked).toBe(1)
  expect((await view(f.chain, views.challenge({ challenge: returnValue }))).maker).toBe(signer.address)
})

test('twelve makers who create at once get numbers of their own, some by a second signature', async () => {
  const makers = await f.people(12)
  const oracle = await f.oracle()
  const terms = await f.terms([oracle])
  const barrier = meeting(makers.length)
  const signers = makers.map((maker) => signsAfter(maker, barrier))
  const receipts = await Promise.all(
    signers.map((signer) => {
      const args = { maker: signer.address, terms, prize: promisedPrize(terms.payout)!, fee_budget: 0n }
      return invoke(f.chain, createChallenge(args), signer, quick)
    }),
  )
  expect(new Set(receipts.map((receipt) => receipt.returnValue)).size).toBe(makers.length)
  expect(signers.filter((signer) => signer.asked > 1).length).toBeLessThanOrEqual(2)
})

test('badges minted between simulation and the ledger cost no second signature', async () => {
  const [maker, deployer, ...winners] = await f.people(5)
  const oracle = await f.oracle()
  const deployed = await deployRecords(f.chain, {
    wasm: await readRecordsWasm(),
    stellartrain: f.chain.network.contract,
    image: badgePictureCid(),
    signer: deployer!,
    ...quick,
  })
  const records = recordsAt(deployed.contract)
  const won = await Promise.all(
    winners.map(async (solver) => {
      const challenge = await f.challenge(maker!, [oracle])
      await f.submit(challenge, solver)
      const votes = [scoredVote(solver, 9_500_000n, 1)]
      const post = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(3), votes, settle: true })
      await f.act(post, oracle)
      return records.mint({ challenge, solver: solver.publicKey(), attempt: 1 })
    }),
  )
  const signer = signsAfter(winners[0]!, async () => {
    await f.act(won[1]!, winners[1]!)
    await f.act(won[2]!, winners[2]!)
  })
  const { returnValue } = await invoke(f.chain, won[0]!, signer, quick)
  expect([returnValue, signer.asked]).toEqual([3, 1])
})

test("another oracle's ranking landing in between makes this one the quorum, which writes its rows without a second signature", async () => {
  const [maker] = await f.people(1)
  const oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
  const solvers = await f.people(12)
  const payout = { tag: 'Ranked' as const, values: [{ prizes: solvers.map(() => 10_0000000n) }] as const }
  const challenge = await f.challenge(maker!, oracles, { payout })
  await Promise.all(solvers.map((solver) => f.submit(challenge, solver)))
  const votes = solvers.map((solver, index) => scoredVote(solver, 9_900_000n - BigInt(index) * 1_000n, 400 + index))
  for (const oracle of oracles.slice(0, 2)) {
    await f.act(postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true }), oracle)
  }
  await f.net.warp(7_200)
  const rows = votes.map(({ solver, attempt, score }) => ({ solver, attempt, score }))
  const rank = (oracle: Keypair) => postRanking({ by: oracle.publicKey(), challenge, report: cidOf(9), rows })
  const signer = signsAfter(oracles[0]!, () => f.act(rank(oracles[1]!), oracles[1]!))
  const { returnValue } = await invoke(f.chain, rank(oracles[0]!), signer, quick)
  expect([returnValue, signer.asked]).toEqual([true, 1])
  const ranking = await stored.rankings(f.chain, challenge)
  expect(ranking.votes).toHaveLength(2)
  expect(ranking.rows.map(({ solver, score }) => ({ solver, attempt: 1, score }))).toEqual(rows)
})

test('forty winners at once, though simulation saw no quorum: one batch pays them all within the limits', async () => {
  const [maker] = await f.people(1)
  const oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
  const asset = await f.asset('EURX')
  await asset.give(maker!, '100000')
  const solvers = await f.people(40)
  await Promise.all(solvers.map((solver) => asset.trust(solver)))
  const payout = { tag: 'Bounty' as const, values: [{ reward: thousand, winners: 40 }] as const }
  const challenge = await f.challenge(
    maker!,
    oracles,
    { token: asset.contract, payout, deposit: 0n },
    { feeBudget: 1_0000000n },
  )
  // One after another, so that the batch's order is known.
  for (const solver of solvers) await f.submit(challenge, solver)
  const votes = solvers.map((solver, index) => scoredVote(solver, 9_500_000n, 300 + index))
  const post = (oracle: Keypair) =>
    postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true })
  const signer = signsAfter(oracles[0]!, () => invoke(f.chain, post(oracles[1]!), oracles[1]!, quick))
  const receipt = await invoke(f.chain, post(oracles[0]!), signer, quick)
  expect(signer.asked).toBe(1)
  const token = await readToken(f.chain, asset.contract)
  const balances = await Promise.all(solvers.map((solver) => readBalance(f.chain, token, solver.publicKey())))
  expect(balances).toEqual(solvers.map(() => thousand))
  // One event of ours, one transfer for each winner.
  expect(receipt.events.filter((event) => event.contract === f.chain.network.contract)).toHaveLength(1)
  expect(receipt.events.filter((event) => event.contract === asset.contract)).toHaveLength(40)
})
