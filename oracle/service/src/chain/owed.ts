/** What an oracle owes a challenge now: acceptance, votes, a ranking, an opening; and what it may take. Pure. */
import { type ChallengeView, phaseOf } from './phase.ts'

/** Whether this oracle should now post a ranking. */
export function owesRanking(challenge: ChallengeView, now: bigint, ranked: boolean): boolean {
  return !ranked && phaseOf(challenge, now) === 'ranking' && Boolean(challenge.state.accepted[challenge.seat])
}

/** Whether prizes go by the board now: a ranking has its quorum, or the time for one is over. */
export function prizesDue({ terms, state }: ChallengeView, now: bigint): boolean {
  if (terms.payout?.tag !== 'Ranked' || state.submitted === 0 || state.status === 2) return false
  return (state.ranking ?? 0) !== 0 || now >= terms.grade_by
}

/** Whether this oracle still has to decide on taking part. */
export function owesAcceptance(challenge: ChallengeView, now: bigint): boolean {
  return phaseOf(challenge, now) === 'awaiting' && !challenge.state.accepted[challenge.seat]
}

/** The numbers that this oracle has not voted on, first and last; undefined when it owes nothing. */
export function owedVotes(challenge: ChallengeView, now: bigint): { first: number; last: number } | undefined {
  if (phaseOf(challenge, now) !== 'grading') return undefined
  const first = (challenge.state.tallies[challenge.seat]?.cursor ?? 0) + 1
  const last = challenge.state.submitted
  return first <= last ? { first, last } : undefined
}

/** The numbers that are not final though at least one oracle has voted on one of them. */
export function openNumbers(challenge: ChallengeView, now: bigint): { first: number; last: number } | undefined {
  if (phaseOf(challenge, now) !== 'grading') return undefined
  const voted = Math.max(0, ...challenge.state.tallies.map((tally) => tally.cursor))
  const first = challenge.state.finalized + 1
  return first <= voted ? { first, last: voted } : undefined
}

/** Whether this oracle, which accepted, should now open what the challenge promised to open. */
export function owesReveal(challenge: ChallengeView, now: bigint, revealed: boolean): boolean {
  if (revealed || !challenge.terms.opens_truth || !challenge.state.accepted[challenge.seat]) return false
  return phaseOf(challenge, now) === 'over'
}

/** Fees that this oracle earned in a challenge that is over and has not taken; 0 while votes are still possible. */
export function feesDue(challenge: ChallengeView, now: bigint): bigint {
  const phase = phaseOf(challenge, now)
  return phase === 'over' ? (challenge.state.fees[challenge.seat] ?? 0n) : 0n
}

/** Whether nothing remains that this oracle could do here. */
export function isDone(challenge: ChallengeView, now: bigint, revealed: boolean): boolean {
  const phase = phaseOf(challenge, now)
  if (phase === 'cancelled' || phase === 'lapsed') return true
  return phase === 'over' && !owesReveal(challenge, now, revealed) && feesDue(challenge, now) === 0n
}
