/** A short history that people can follow, for tests of what is shown. */
import type { Flags, Verdict } from '@stellartrain/contracts-client/rules'
import type { ContractEvent, Row, Terms } from '../decode/events.ts'
import { type EventChain, START_TIME } from './chain.ts'
import { accountOf, cidOf, contractOf, hashOf } from './random.ts'

export const STORY = {
  maker: accountOf('maker'),
  oracle: accountOf('oracle'),
  alice: accountOf('alice'),
  bob: accountOf('bob'),
  carol: accountOf('carol'),
} as const

export const TERMS: Terms = {
  token: contractOf('usd'),
  payout: { rule: 'bounty', reward: 10_000_000n, winners: 2 },
  oracles: [STORY.oracle],
  oracleFee: 100_000n,
  deposit: 500_000n,
  threshold: 9_000_000n,
  direction: 'maximize',
  step: 10_000n,
  opens: START_TIME,
  acceptBy: START_TIME + 50_000,
  deadline: START_TIME + 100_000,
  patience: 600,
  gradeBy: START_TIME + 200_000,
  judge: null,
  gate: null,
  attempts: 10,
  attemptsPerDay: 5,
  uniqueContent: true,
  truth: hashOf('truth'),
  opensTruth: true,
  manifest: cidOf('manifest'),
}

const NONE: Flags = { carried: false, passed: false, kept: false, held: false, prizePaid: false, byJudge: false }
const scored = (score: bigint, content: string): Verdict => ({
  ...{ status: 'scored', score, content: hashOf(content), units: 0 },
})

/** A vote that settled what it is on. */
const row = (number: number, says: Verdict, amount: bigint, flags: Partial<Flags> = {}): Row => ({
  ...{ number, by: 0, says, flags: { ...NONE, ...flags }, status: says.status, amount },
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
    key: hashOf(`key ${challenge}`),
    shares: 'c0ffee',
  })
  const submit = (challenge: number, number: number, solver: string, attempt = 1): ContractEvent => ({
    ...{ type: 'submitted', challenge, solver, attempt, number, cid: cidOf(`${challenge} ${number}`), units: 0 },
    ...{ commitment: hashOf(`work ${number}`), deposit: 500_000n, carried: 0n },
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
  chain.emit(create(2, { deadline: TERMS.deadline + 3 }))
  chain.emit({ type: 'challenge_cancelled', challenge: 2, refunded: 21_000_000n })
  chain.emit(create(3, { direction: 'minimize', threshold: 1n, deadline: TERMS.deadline - 1 }))
  chain.emit(accept(3))
  chain.emit(create(4, { deadline: TERMS.deadline + 2, payout: { rule: 'bounty', reward: 7n, winners: 1 } }))
  chain.emit(create(5, { deadline: TERMS.deadline + 1 }))
  chain.pass(10)
  chain.emit(submit(1, 1, alice))
  chain.emit(submit(1, 2, bob))
  chain.emit(submit(1, 3, carol))
  chain.emit(submit(1, 4, alice, 2))
  chain.emit(submit(3, 1, alice))
  chain.emit(submit(3, 2, bob))
  chain.emit(submit(3, 3, alice, 2))
  chain.pass(5)
  const report = cidOf('report')
  chain.emit({
    ...{ type: 'scored', challenge: 1, oracle, report, settle: true },
    rows: [
      row(1, scored(9_500_000n, 'a'), 10_500_000n, { prizePaid: true }),
      // The oracle's fee is paid out of the deposit; the rest comes back.
      row(2, { status: 'rejected', reason: 40 }, 400_000n),
      row(3, { status: 'rejected', reason: 100 }, 400_000n),
    ],
  })
  chain.emit({
    ...{ type: 'scored', challenge: 3, oracle, report: cidOf('report 3'), settle: true },
    rows: [40_000n, 20_000n, 30_000n].map((score, index) => row(index + 1, scored(score, `${score}`), 500_000n)),
  })
}
