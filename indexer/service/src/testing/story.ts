/** A short history that people can follow, for tests of what is shown. */
import { FLAGS } from '@stellartrain/contracts-client/flags'
import type { ContractEvent, Terms, VoteRow } from '../decode/events.ts'
import { type EventChain, START_TIME } from './chain.ts'
import { accountOf, cidOf, contractOf, hashOf } from './random.ts'

export const STORY = {
  maker: accountOf('maker'),
  oracle: accountOf('oracle'),
  alice: accountOf('alice'),
  bob: accountOf('bob'),
  carol: accountOf('carol'),
} as const

const TERMS: Terms = {
  token: contractOf('usd'),
  payout: { rule: 'bounty', reward: 10_000_000n, winners: 2 },
  oracles: [STORY.oracle],
  quorum: 1,
  oracleFee: 100_000n,
  deposit: 500_000n,
  threshold: 9_000_000n,
  direction: 'maximize',
  step: 10_000n,
  opens: BigInt(START_TIME),
  acceptBy: BigInt(START_TIME + 50_000),
  deadline: BigInt(START_TIME + 100_000),
  patience: 600n,
  gradeBy: BigInt(START_TIME + 200_000),
  silenceShare: 5_000,
  attempts: 10,
  attemptsPerDay: 5,
  opensTruth: true,
  manifest: cidOf('manifest'),
}

const scored = (score: bigint, content: string): VoteRow => ({
  ...{ verdict: 'scored', reason: 0, score, contentHash: hashOf(content), units: 0 },
})

/**
 * 1 open, with a winner, a rejection, a copy and one waiting; 2 cancelled; 3 minimizes, all graded, nobody won;
 * 4 and 5 wait for their oracle.
 */
export function tellStory(chain: EventChain): void {
  const { maker, oracle, alice, bob, carol } = STORY
  const create = (challenge: number, change: Partial<Terms> = {}): ContractEvent => {
    const terms = { ...TERMS, ...change }
    const { payout } = terms
    const prize = payout.rule === 'bounty' ? payout.reward * BigInt(payout.winners) : 0n
    return { type: 'challenge_created', challenge, maker, token: terms.token, terms, prize, feeBudget: 1_000_000n }
  }
  const accept = (challenge: number): ContractEvent => ({
    type: 'challenge_accepted',
    challenge,
    oracle,
    keyVersion: 2,
  })
  const submit = (challenge: number, number: number, solver: string, attempt = 1): ContractEvent => ({
    ...{ type: 'submitted', challenge, solver, attempt, number, cid: cidOf(`${challenge} ${number}`), units: 0 },
    ...{ deposit: 500_000n, carried: 0n },
  })
  const register = (version: number): ContractEvent => ({
    ...{ type: 'oracle_registered', oracle, version, key: hashOf(`key ${version}`) },
    ...{ url: 'https://oracle.example', metadata: cidOf('oracle') },
  })

  chain.emit(register(1))
  chain.emit(register(2))
  chain.pass(5)
  chain.emit(create(1))
  chain.emit(accept(1))
  chain.emit(create(2, { deadline: TERMS.deadline + 3n }))
  chain.emit({ type: 'challenge_cancelled', challenge: 2, refunded: 21_000_000n })
  chain.emit(create(3, { direction: 'minimize', threshold: 1n, deadline: TERMS.deadline - 1n }))
  chain.emit(accept(3))
  chain.emit(create(4, { deadline: TERMS.deadline + 2n, payout: { rule: 'bounty', reward: 7n, winners: 1 } }))
  chain.emit(create(5, { deadline: TERMS.deadline + 1n }))
  chain.pass(10)
  chain.emit(submit(1, 1, alice))
  chain.emit(submit(1, 2, bob))
  chain.emit(submit(1, 3, carol))
  chain.emit(submit(1, 4, alice, 2))
  chain.emit(submit(3, 1, alice))
  chain.emit(submit(3, 2, bob))
  chain.emit(submit(3, 3, alice, 2))
  chain.pass(5)
  chain.emit({
    ...{ type: 'scored', challenge: 1, oracle, report: cidOf('report'), first: 1, settledFirst: 1 },
    votes: [
      scored(9_500_000n, 'a'),
      { ...scored(0n, ''), verdict: 'rejected', reason: 40, contentHash: '0'.repeat(64) },
      scored(9_500_000n, 'a'),
    ],
    settled: [
      { by: 0, verdict: 'scored', reason: 0, flags: FLAGS.prizePaid, amount: 10_500_000n },
      { by: 0, verdict: 'rejected', reason: 40, flags: FLAGS.rejectVoted, amount: 0n },
      { by: 0, verdict: 'duplicate', reason: 0, flags: 0, amount: 0n },
    ],
  })
  chain.emit({
    ...{ type: 'scored', challenge: 3, oracle, report: cidOf('report 3'), first: 1, settledFirst: 1 },
    votes: [scored(40n, 'x'), scored(20n, 'y'), scored(30n, 'z')],
    settled: [1, 2, 3].map(() => ({ by: 0, verdict: 'scored' as const, reason: 0, flags: 0, amount: 500_000n })),
  })
}
