/** Which payout rules this oracle serves. Of a challenge with another rule it says so, and leaves it alone. */
import type { Terms } from '@stellartrain/contracts-client'
import type { Refusal } from './judge.ts'

/** Names as on-chain. */
export const SERVED_RULES: readonly Terms['payout']['tag'][] = ['Bounty', 'Ranked', 'PerUnit']

/** Undefined for a rule that is served. A rule of a newer contract is none of them. */
export function refuseRule({ payout }: Pick<Terms, 'payout'>): Refusal | undefined {
  const { tag } = payout
  if (SERVED_RULES.some((served) => served === tag)) return undefined
  const served = SERVED_RULES.join(', ')
  return {
    code: 'rule_not_supported',
    message: `This oracle does not grade challenges with the payout rule ${tag}; it serves ${served}.`,
  }
}

/** The largest batch where batches of labels are paid, else undefined. */
export const maxUnits = ({ payout }: Pick<Terms, 'payout'>): number | undefined =>
  payout.tag === 'PerUnit' ? payout.values[0].max_units : undefined

/** Whether scores are by the public rows, and the prizes by the private ones at the end. */
export const isRanked = ({ payout }: Pick<Terms, 'payout'>): boolean => payout.tag === 'Ranked'
