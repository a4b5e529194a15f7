/** Years later: entries that nobody kept alive are archived, and a payment that is still owed arrives all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invoke, postScores, readBalance, readEntry, readToken, releasePayment, storage } from './index.ts'
import { cidOf, type Fixture, scoredVote, startFixture } from './testing/fixture.ts'

let f: Fixture
beforeAll(async () => {
  f = await startFixture()
})
afterAll(() => f.close())

test('a prize that was held is released after everything around it was archived', async () => {
  const [maker, solver, stranger] = await f.people(3)
  const oracle = await f.oracle()
  const asset = await f.asset('USDX')
  await asset.give(maker!, '1000')
  await asset.trust(solver!)
  const challenge = await f.challenge(maker!, [oracle], { token: asset.contract })
  await f.submit(challenge, solver!)
  const votes = [scoredVote(solver!, 9_500_000n, 1, { hold: true })]
  const call = postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true })
  await invoke(f.chain, call, oracle, { pollMs: 20 })

  // Beyond the longest life that an entry can have.
  const ledgers = 3_200_000
  await f.net.warp(ledgers * 5, ledgers)
  const key = storage.submission(f.chain.network.contract, challenge, solver!.publicKey(), 1)
  const entry = await readEntry(f.chain, key)
  expect(entry?.liveUntilLedger ?? 0).toBeLessThan(f.net.ledger().sequence)

  const release = releasePayment({ challenge, solver: solver!.publicKey(), attempt: 1 })
  const { returnValue } = await invoke(f.chain, release, stranger!, { pollMs: 20 })
  expect(returnValue).toBe(50_0000000n)
  const token = await readToken(f.chain, asset.contract)
  expect(await readBalance(f.chain, token, solver!.publicKey())).toBe(50_0000000n)
})
