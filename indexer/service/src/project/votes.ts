/** When two votes are the same verdict, and when a vote agrees with one that is final. */
import type { Verdict } from '../decode/events.ts'
import { FLAG, type SubmissionRow } from './model.ts'

type Verdictlike = { verdict: Verdict; score: bigint; contentHash: string; units: number }

/** Equal status, score, content hash and units; the reason of a rejection is not compared. */
export function sameVerdict(one: Verdictlike, other: Verdictlike): boolean {
  if (one.verdict !== other.verdict) return false
  if (one.verdict !== 'scored') return true
  return one.score === other.score && one.contentHash === other.contentHash && one.units === other.units
}

/** Whether a vote says what became final; `null` when no quorum decided, so that nobody was right or wrong. */
export function agreesWithFinal(vote: Verdictlike, final: SubmissionRow): boolean | null {
  switch (final.verdict) {
    case 'scored':
    case 'duplicate':
      return sameVerdict(vote, {
        verdict: 'scored',
        score: final.score,
        contentHash: final.contentHash,
        units: final.acceptedUnits,
      })
    case 'rejected':
      return vote.verdict === 'rejected'
    case 'unsettled':
      return (final.flags & FLAG.unavailable) !== 0 ? vote.verdict === 'unavailable' : null
    default:
      return null
  }
}
