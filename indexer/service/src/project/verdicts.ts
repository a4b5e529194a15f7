/** Verdicts and statuses in columns, and back. */
import type { Standing, StatusName, Verdict } from '@stellartrain/contracts-client/rules'

/** What does not belong to a status is zero, and its content empty. */
export type Parts = { verdict: StatusName; reason: number; score: bigint; contentHash: string; units: number }

export function partsOf(standing: Standing): Parts {
  const none = { verdict: standing.status, reason: 0, score: 0n, contentHash: '', units: 0 }
  if (standing.status === 'rejected') return { ...none, reason: standing.reason }
  if (standing.status !== 'scored') return none
  const { score, content: contentHash, units } = standing
  return { ...none, score, contentHash, units }
}

export function standingOf({ verdict, reason, score, contentHash, units }: Parts): Standing {
  if (verdict === 'scored') return { status: verdict, score, content: contentHash, units }
  return verdict === 'rejected' ? { status: verdict, reason } : { status: verdict }
}

/** Whether it is one that can be voted. */
export const isVerdict = (standing: Standing): standing is Verdict =>
  standing.status === 'scored' || standing.status === 'rejected' || standing.status === 'unavailable'
