/** The board of a challenge, and what its places bring. */
import type { BoardPlace, ChallengeRow } from './model.ts'

/** A running table of the best distinct solvers takes the place in, if it is good enough. Returns whether it did. */
export function enterBoard(challenge: ChallengeRow, place: BoardPlace, places: number): boolean {
  const { board, terms } = challenge
  const insert = board.findIndex((other) => isBefore(place, other, terms.direction))
  const at = insert === -1 ? board.length : insert
  const own = board.findIndex((other) => other.solver === place.solver)
  if (own !== -1 ? at > own : at >= places) return false
  if (own !== -1) board.splice(own, 1)
  else if (board.length >= places) board.pop()
  board.splice(at, 0, place)
  return true
}

/** Whether one row stands before the other: the better score, ties to the earlier submission. */
function isBefore(one: BoardPlace, other: BoardPlace, direction: 'maximize' | 'minimize'): boolean {
  if (one.score === other.score) return one.number < other.number
  return direction === 'maximize' ? one.score > other.score : one.score < other.score
}

/** What the place (from 0) brings as things stand: a prize of the running table is scaled by graded / submitted. */
export function prizeOf(challenge: ChallengeRow, place: number): bigint {
  const { payout } = challenge.terms
  if (payout.rule === 'bounty') return payout.reward
  if (payout.rule !== 'ranked') return 0n
  const whole = payout.prizes[place] ?? 0n
  if (challenge.ranking === 'posted' || challenge.submitted === 0) return whole
  return (whole * BigInt(challenge.finalized - challenge.unsettled)) / BigInt(challenge.submitted)
}

/** What must be set aside for a batch of so many units; nothing under other rules. */
export function reservation({ terms }: ChallengeRow, units: number): bigint {
  return terms.payout.rule === 'per_unit' ? terms.payout.rate * BigInt(units) : 0n
}
