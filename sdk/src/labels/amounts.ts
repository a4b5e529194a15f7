/** How large a batch is, and for how many labels money is set aside, unless the maker says it. No dependency: forms compute while somebody types. */

export type LabelsPayout = 'per_unit' | 'earnings'

/** A batch earns at most a twentieth of the prize (`termsOf`), so that no wallet can reserve all of it. */
export const BATCHES = 20
const BATCH = 10

/** Items of a full batch. */
export const defaultBatch = (items: number, overlap: number): number =>
  Math.max(1, Math.min(BATCH, items, Math.floor((items * overlap) / BATCHES)))

/** How many labels the prize pays for. */
export function labelsPromised(
  payout: LabelsPayout,
  { items, overlap, batch }: { items: number; overlap: number; batch: number },
): number {
  const labels = items * overlap
  return payout === 'earnings' ? labels : Math.max(labels, batch * BATCHES)
}

/** Batches in which every item gets its labelers. */
export const batchesNeeded = ({ items, overlap, batch }: { items: number; overlap: number; batch: number }): number =>
  Math.ceil((items * overlap) / batch)
