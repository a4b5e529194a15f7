/** The phase of a challenge, from its terms, its counters and the ledger's clock: the contract's rule. Pure. */

/** The frozen terms that matter to an oracle; names and units are the contract's (seconds, base units, 1e-7). */
export type PhaseTerms = Readonly<{
  quorum: number
  oracles: readonly string[]
  oracle_fee: bigint
  opens: bigint
  accept_by: bigint
  deadline: bigint
  patience: bigint
  grade_by: bigint
  opens_truth: boolean
  payout?: Readonly<{ tag: string }>
}>

/** The counters that matter to an oracle. `status`: 0 active, 1 ended, 2 cancelled. */
export type Counters = Readonly<{
  status: number
  accepted: readonly number[]
  submitted: number
  finalized: number
  fees: readonly bigint[]
  tallies: readonly Readonly<{ cursor: number }>[]
  /** 0 while a ranking has none. */
  ranking?: number
}>

/** A challenge as one of its oracles sees it; `seat` is that oracle's index in the terms. */
export type ChallengeView = Readonly<{ seat: number; terms: PhaseTerms; state: Counters }>

/**
 * - `awaiting`: not all oracles have accepted, and they still may
 * - `lapsed`: they no longer may; anyone can send the money back
 * - `upcoming`: accepted, before `opens`
 * - `grading`: votes are taken
 * - `ranking`: the deadline has passed and everything is final; the oracles rank
 * - `over`: only openings and payments can still follow
 */
export type Phase = 'awaiting' | 'lapsed' | 'upcoming' | 'grading' | 'ranking' | 'cancelled' | 'over'

/** `now` is the time of the last closed ledger, in unix seconds: only the ledger's clock counts. */
export function phaseOf({ terms, state }: Pick<ChallengeView, 'terms' | 'state'>, now: bigint): Phase {
  if (state.status === 2) return 'cancelled'
  if (state.status === 1) return 'over'
  if (state.accepted.length < terms.oracles.length || state.accepted.some((version) => version === 0))
    return now < terms.accept_by ? 'awaiting' : 'lapsed'
  if (now >= terms.grade_by) return 'over'
  if (now >= terms.deadline && state.finalized === state.submitted)
    return terms.payout?.tag === 'Ranked' && isUnranked(state) ? 'ranking' : 'over'
  return now < terms.opens ? 'upcoming' : 'grading'
}

/** A challenge without submissions has nothing to rank. */
const isUnranked = ({ ranking, submitted }: Counters): boolean => (ranking ?? 0) === 0 && submitted > 0
