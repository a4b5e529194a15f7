/** What the chain says of one challenge that names this oracle, and what follows from it and the clock: pure. */

/** The frozen terms that matter to an oracle; names and units are the contract's (seconds, base units, 1e-7). */
export type Rules = Readonly<{
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
export type Standing = Readonly<{ seat: number; rules: Rules; counters: Counters }>

/**
 * - `awaiting`: not all oracles have accepted, and they still may
 * - `lapsed`: they no longer may; anyone can send the money back
 * - `upcoming`: accepted, before `opens`
 * - `grading`: votes are taken
 * - `ranking`: the deadline has passed and everything is final; the oracles rank
 * - `over`: nothing can change any more but what is opened and paid out
 */
export type Phase = 'awaiting' | 'lapsed' | 'upcoming' | 'grading' | 'ranking' | 'cancelled' | 'over'

/** `now` is the time of the last closed ledger, in unix seconds: only the ledger's clock counts. */
export function phaseOf({ rules, counters }: Standing, now: bigint): Phase {
  if (counters.status === 2) return 'cancelled'
  if (counters.status === 1) return 'over'
  if (counters.accepted.length < rules.oracles.length || counters.accepted.some((version) => version === 0))
    return now < rules.accept_by ? 'awaiting' : 'lapsed'
  if (now >= rules.grade_by) return 'over'
  if (now >= rules.deadline && counters.finalized === counters.submitted)
    return rules.payout?.tag === 'Ranked' && isUnranked(counters) ? 'ranking' : 'over'
  return now < rules.opens ? 'upcoming' : 'grading'
}

/** Where nobody took part there is nothing to rank. */
const isUnranked = ({ ranking, submitted }: Counters): boolean => (ranking ?? 0) === 0 && submitted > 0

/** Whether this oracle should now post a ranking. */
export function owesRanking(standing: Standing, now: bigint, ranked: boolean): boolean {
  return !ranked && phaseOf(standing, now) === 'ranking' && Boolean(standing.counters.accepted[standing.seat])
}

/** Whether prizes go by the board now: a ranking has its quorum, or nobody made one in time. */
export function prizesDue({ rules, counters }: Standing, now: bigint): boolean {
  if (rules.payout?.tag !== 'Ranked' || counters.submitted === 0 || counters.status === 2) return false
  return (counters.ranking ?? 0) !== 0 || now >= rules.grade_by
}

/** Whether this oracle still has to decide on taking part. */
export function owesAcceptance(standing: Standing, now: bigint): boolean {
  return phaseOf(standing, now) === 'awaiting' && !standing.counters.accepted[standing.seat]
}

/** The numbers that this oracle has not voted on, first and last; undefined when it owes nothing. */
export function owedVotes(standing: Standing, now: bigint): { first: number; last: number } | undefined {
  if (phaseOf(standing, now) !== 'grading') return undefined
  const first = (standing.counters.tallies[standing.seat]?.cursor ?? 0) + 1
  const last = standing.counters.submitted
  return first <= last ? { first, last } : undefined
}

/** The numbers that are not final though somebody may have voted on them. */
export function openNumbers(standing: Standing, now: bigint): { first: number; last: number } | undefined {
  if (phaseOf(standing, now) !== 'grading') return undefined
  const voted = Math.max(0, ...standing.counters.tallies.map((tally) => tally.cursor))
  const first = standing.counters.finalized + 1
  return first <= voted ? { first, last: voted } : undefined
}

/** Whether this oracle, which accepted, should now open what the challenge promised to open. */
export function owesReveal(standing: Standing, now: bigint, revealed: boolean): boolean {
  if (revealed || !standing.rules.opens_truth || !standing.counters.accepted[standing.seat]) return false
  return phaseOf(standing, now) === 'over'
}

/** Fees that this oracle earned in a challenge that is over and has not taken; 0 while votes are still possible. */
export function feesDue(standing: Standing, now: bigint): bigint {
  const phase = phaseOf(standing, now)
  return phase === 'over' ? (standing.counters.fees[standing.seat] ?? 0n) : 0n
}

/** Whether nothing remains that this oracle could do here. */
export function isDone(standing: Standing, now: bigint, revealed: boolean): boolean {
  const phase = phaseOf(standing, now)
  if (phase === 'cancelled' || phase === 'lapsed') return true
  return phase === 'over' && !owesReveal(standing, now, revealed) && feesDue(standing, now) === 0n
}
