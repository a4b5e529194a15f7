/** Challenges whose labels a maker may still come for: the keys and files of what was accepted are asked of the oracles after the end, too. */
import type { Challenge } from '../chain/challenge.ts'

/** As long as sealed files of a challenge that is over are kept. */
export const KEEP_SECONDS = 30 * 24 * 3_600

export function lingers({ terms, counters }: Pick<Challenge, 'terms' | 'counters'>, now: number): boolean {
  const { payout, judge, gradeBy } = terms
  if (payout.rule !== 'per_unit' && payout.rule !== 'earnings') return false
  return !counters.cancelled && now < (judge?.by ?? gradeBy) + KEEP_SECONDS
}
