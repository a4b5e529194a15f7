/** Verdicts and statuses in columns, and back. */
import type { Standing, StatusName, Verdict } from '@stellartrain/contracts-client/rules'

/** What does not belong to a status is zero, and its content empty. */
export type Parts = { verdict: StatusName; reason: number; score: bigint; contentHash: string; units: number }

/** What a standing has of each, zero or empty where that does not belong to it: as columns are. */
export const reasonIn = (standing: Standing): number => (standing.status === 'rejected' ? standing.reason : 0)
export const scoreIn = (standing: Standing): bigint => (standing.status === 'scored' ? standing.score : 0n)
export const contentIn = (standing: Standing): string => (standing.status === 'scored' ? standing.content : '')
export const unitsIn = (standing: Standing): number => (standing.status === 'scored' ? standing.units : 0)

export const partsOf = (standing: Standing): Parts => ({
  ...{ verdict: standing.status, reason: reasonIn(standing), score: scoreIn(standing) },
  ...{ contentHash: contentIn(standing), units: unitsIn(standing) },
})

export function standingOf({ verdict, reason, score, contentHash, units }: Parts): Standing {
  if (verdict === 'scored') return { status: verdict, score, content: contentHash, units }
  return verdict === 'rejected' ? { status: verdict, reason } : { status: verdict }
}

/** Whether it is one that can be voted. */
export const isVerdict = (standing: Standing): standing is Verdict =>
  standing.status === 'scored' || standing.status === 'rejected' || standing.status === 'unavailable'
