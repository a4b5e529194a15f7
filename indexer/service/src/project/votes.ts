/** When two votes are the same verdict, and when a vote agrees with one that is final. */
import { hasFlag } from '@stellartrain/contracts-client/flags'
import { sameVerdict as sameParts, type VerdictParts } from '@stellartrain/contracts-client/verdict'
import { VERDICTS, type Verdict as VerdictName } from '../decode/events.ts'
import type { SubmissionRow } from './model.ts'

type Parts = { verdict: VerdictName; score: bigint; contentHash: string; units: number }

/** By the contract's rule. */
export function sameVerdict(one: Parts, other: Parts): boolean {
  return sameParts(partsOf(one), partsOf(other))
}

function partsOf({ verdict, score, contentHash, units }: Parts): VerdictParts {
  return { verdict: VERDICTS.indexOf(verdict), score, content_hash: contentHash, units }
}

/** Whether a vote says what became final; `null` when no quorum decided, so that nobody was right or wrong. */
export function agreesWithFinal(vote: Parts, final: SubmissionRow): boolean | null {
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
      return hasFlag(final.flags, 'unavailable') ? vote.verdict === 'unavailable' : null
    default:
      return null
  }
}
