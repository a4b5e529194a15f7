/** The rules, fed with what the ledger has, say what the contract's own views say. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Payout, Phase, postScores, readClock, stored, view, views } from '../index.ts'
import { closing, earliest, owed, PHASES, phase, standing, step, votesCast } from '../rules/index.ts'
import { cidOf, type Fixture, rejectedVote, scoredVote, startFixture } from '../testing/fixture.ts'
import { challengeOf, purseOf, submissionOf, termsOf } from './facts.ts'

let f: Fixture
let maker: Keypair
let oracles: Keypair[]
beforeAll(async () => {
  f = await startFixture()
  maker = await f.person()
  oracles = [await f.oracle(), await f.oracle(), await f.oracle()]
})
afterAll(() => f.close())

/** Everything that the rules need, from storage alone. */
async function read(challenge: number, solvers: readonly Keypair[]) {
  const { chain } = f
  const ids = solvers.map((solver) => ({ solver: solver.publicKey(), attempt: 1 }))
  const [frozen, state, board, { rows }, found] = await Promise.all([
    stored.challenge(chain, challenge),
    stored.state(chain, challenge),
    stored.board(chain, challenge),
    stored.rankings(chain, challenge),
    stored.submissions(chain, challenge, ids),
  ])
  const { terms } = frozen!
  return {
    terms: termsOf(terms),
    challenge: challengeOf(terms, state!, board, rows),
    purse: purseOf(state!),
    submissions: found.map((one, at) => submissionOf(terms, ids[at]!.solver, one!)),
    now: (await readClock(chain)).closedAt,
  }
}

const vote = (oracle: Keypair, challenge: number, votes: ReturnType<typeof scoredVote>[], settle: boolean) =>
  f.act(postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle }), oracle)

test.each(['Bounty', 'Ranked'] as const)('phase, standing, debts and the rest of a challenge: %s', async (rule) => {
  const solvers = await f.people(3)
  const payout: Payout =
    rule === 'Bounty'
      ? { tag: 'Bounty', values: [{ reward: 50_0000000n, winners: 2 }] }
      : { tag: 'Ranked', values: [{ prizes: [70n, 30n] }] }
  const challenge = await f.challenge(maker, oracles, { payout, deposit: 900n })
  for (const solver of solvers) await f.submit(challenge, solver)
  const [one, two, three] = solvers as [Keypair, Keypair, Keypair]
  await vote(oracles[0]!, challenge, [scoredVote(one, 9_400_000n, 1, { hold: true }), rejectedVote(two, 43)], false)
  await vote(oracles[1]!, challenge, [scoredVote(one, 9_400_000n, 1, { hold: true }), rejectedVote(two, 41)], false)
  await vote(
    oracles[2]!,
    challenge,
    [scoredVote(one, 9_400_000n, 1, { hold: true }), scoredVote(three, 9_300_000n, 3)],
    true,
  )

  const compare = async () => {
    const facts = await read(challenge, solvers)
    const { terms, now } = facts
    expect(PHASES[await view(f.chain, views.phase({ challenge }))]).toBe(phase(terms, facts.challenge, now))
    for (const submission of facts.submissions) {
      const id = { challenge, solver: submission.solver, attempt: 1 }
      const said = owed(terms, facts.challenge, submission, now)
      expect(said.total, `${rule} ${submission.number}`).toBe(await view(f.chain, views.owed(id)))
    }
    return facts
  }

  const open = await compare()
  expect(open.submissions.map((it) => it.status.status)).toEqual(['scored', 'pending', 'pending'])
  expect(open.submissions[0]!.held).toBe(true)
  // The lower reason of the two equal votes, and both their oracles.
  expect(open.submissions[1]!.votes.decision).toEqual({ verdict: { status: 'rejected', reason: 41 }, by: [0, 1] })
  expect(votesCast(open.submissions[2]!.votes)).toBe(1)
  expect(step(open.terms, open.challenge, open.submissions[2]!, open.now).does).toBe('nothing')
  expect(earliest(open.terms, open.challenge, open.submissions[2]!, open.now).at).toBeGreaterThan(open.now)

  await f.net.warp(14_400)
  const over = await compare()
  expect(await view(f.chain, views.phase({ challenge }))).toBe(Phase.Over)
  const standings = over.submissions.map((it) => standing(over.terms, over.challenge, it, over.now).status)
  expect(standings).toEqual(['scored', 'rejected', 'unsettled'])
  expect(closing(over.terms, over.challenge, over.purse, over.now)?.total).toBeGreaterThan(0n)
})
