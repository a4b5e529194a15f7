/** What follows from the payout rule in a challenge's terms. */
import type { Terms } from '@stellartrain/contracts-client'

/** The largest batch where batches of labels are paid, else undefined. */
export const maxUnits = ({ payout }: Pick<Terms, 'payout'>): number | undefined =>
  payout.tag === 'PerUnit' ? payout.values[0].max_units : undefined

/** Whether scores are by the public rows, and the prizes by the private ones at the end. */
export const isRanked = ({ payout }: Pick<Terms, 'payout'>): boolean => payout.tag === 'Ranked'
