/** Moments of random stories, with what the model's calls did in each of them on a copy (`contracts/model/examples/vectors`). */
import type { Closing } from './close.ts'
import type { DueVote } from './duties.ts'
import type { Challenge, Decision, Flags, Purse, Standing, Submission, Terms, Verdict } from './facts.ts'
import { unpackFlags } from './flags.ts'
import type { Owed } from './owed.ts'
import type { Phase } from './phase.ts'
import type { Step } from './queue.ts'
import type { Conduct, Fold } from './records.ts'
import { vectors } from './vectors.fixture.ts'

export type Packed = Omit<Submission, keyof Flags> & { flags: number }

type Case = {
  facts: Packed
  /** If otherwise than written. */
  standing?: Standing
  /** If anything. */
  owed?: Pick<Owed, 'prize' | 'total'>
  /** After it was sent. */
  paid?: Pick<Packed, 'flags'>
  step?: Step
  earliest?: { at: number; does: string }
  settled?: { challenge: Partial<Challenge>; submission: Partial<Packed> } | null
}

/** A vote or a ballot on one submission; `after` is null where it was refused. */
type Trial = {
  number: number
  verdict: Verdict
  after: { challenge: Partial<Challenge>; decision: Decision | null; kept: boolean } | null
}

export type Moment = {
  now: number
  terms: Terms
  challenge: Challenge
  purse: Purse
  conduct: Conduct
  phase: Phase
  may: boolean[]
  claims: number
  contenders: number
  close: (Pick<Closing, 'total' | 'keptPrize' | 'keptBudget'> & { folds: Fold | null }) | null
  submissions: Case[]
  vote?: Trial & { oracle: number }
  ballot?: Trial
  duty?: {
    uniqueContent: boolean
    place: number
    grades: (Exclude<Verdict, { status: 'unavailable' }> | null)[]
    votes: DueVote[]
    ranks: boolean
  }
}

export const unpack = ({ flags, ...facts }: Packed): Submission => ({ ...facts, ...unpackFlags(flags) })

export const MOMENTS = vectors<Moment>('moments').map((moment, at) => ({ ...moment, name: `moment ${at}` }))

/** Each submission of each moment. */
export const CASES = MOMENTS.flatMap((moment) =>
  moment.submissions.map((own) => ({
    ...moment,
    own: { standing: own.facts.status, owed: { prize: 0n, total: 0n }, ...own },
    submission: unpack(own.facts),
    name: `${moment.name}, number ${own.facts.number}`,
  })),
)
