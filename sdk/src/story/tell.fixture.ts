/** Facts for tests: one challenge of each payout rule, and a submission in it, changed as a test needs. */
import {
  type Challenge,
  EMPTY_BOARD,
  type Flags,
  NO_RANKINGS,
  type Payout,
  type Standing,
  type Submission,
  type Terms,
  type Verdict,
  type Votes,
} from '@stellartrain/contracts-client/rules'
import type { StoryFacts } from './facts.ts'

export const UNIT = 10_000_000n
export const ASSET = { code: 'USDC', decimals: 7, trustline: true }

export const PAYOUTS = {
  bounty: { rule: 'bounty', reward: 50n * UNIT, winners: 3 },
  ranked: { rule: 'ranked', prizes: [60n * UNIT, 40n * UNIT, 20n * UNIT] },
  per_unit: { rule: 'per_unit', rate: UNIT / 2n, maxUnits: 20 },
} as const satisfies Record<string, Payout>

/** Three oracles with a fee of 0.1, a deposit of 1, a threshold of 0.6; patience 100 s. */
export const TERMS: Omit<Terms, 'payout'> = {
  oracles: ['A', 'B', 'C'],
  oracleFee: UNIT / 10n,
  deposit: UNIT,
  threshold: 6_000_000n,
  direction: 'maximize',
  step: 1n,
  opens: 1_000,
  acceptBy: 1_000,
  deadline: 2_000,
  patience: 100,
  gradeBy: 3_000,
  judge: null,
  attempts: 5,
  attemptsPerDay: 5,
  uniqueContent: true,
  opensTruth: true,
}
export const JUDGE = { address: 'J', by: 4_000 }

export const GOOD = { status: 'scored', score: 6_500_000n, content: '01', units: 0 } as const satisfies Verdict
export const VERDICTS: Readonly<Record<string, Standing>> = {
  scored: GOOD,
  poor: { status: 'scored', score: 5_000_000n, content: '02', units: 0 },
  rejected: { status: 'rejected', reason: 30 },
  unavailable: { status: 'unavailable' },
  unsettled: { status: 'unsettled' },
  void: { status: 'void' },
}

export type Changes = {
  terms?: Partial<Terms>
  challenge?: Partial<Challenge>
  votes?: Partial<Votes>
  submission?: Partial<Submission & Flags>
} & Partial<Pick<StoryFacts, 'now' | 'reason' | 'copyOf' | 'says' | 'kept' | 'undelivered' | 'asset'>>

/** Submission #3 of solver S, an hour's worth of everything unsaid. */
export function factsOf(rule: keyof typeof PAYOUTS, changes: Changes = {}): StoryFacts {
  const { terms, challenge, votes, submission, ...rest } = changes
  return {
    terms: { ...TERMS, payout: PAYOUTS[rule], ...terms },
    challenge: {
      cancelled: false,
      accepted: true,
      ended: false,
      submitted: 5,
      concluded: 2,
      decided: 0,
      kept: 0,
      scored: 0,
      head: 2,
      board: EMPTY_BOARD,
      rankings: NO_RANKINGS,
      ...challenge,
    },
    submission: {
      number: 3,
      solver: 'S',
      time: 1_500,
      units: rule === 'per_unit' ? 20 : 0,
      votes: { cast: [null, null, null], mth: null, decision: null, ...votes },
      status: { status: 'pending' },
      carried: false,
      passed: false,
      kept: false,
      held: false,
      prizePaid: false,
      byJudge: false,
      ...submission,
    },
    now: 1_600,
    asset: ASSET,
    reason: null,
    copyOf: null,
    says: null,
    kept: null,
    undelivered: false,
    recounted: false,
    seen: { cid: 'bafy', submitted: null, graded: false, concluded: null, report: null, paid: null },
    ...rest,
  }
}
