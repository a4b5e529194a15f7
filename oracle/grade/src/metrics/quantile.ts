/** Quantiles of numbers. */

import { argsort } from '../arithmetic/argsort.ts'
import { runningSums } from '../arithmetic/sum.ts'

/** The value that half of the numbers, or of their weights, are below; the mean of the two in the middle. */
export const median = (values: Float64Array, weights?: Float64Array): number => quantile(values, 0.5, weights)

/**
 * The value that a share of the numbers, or of their weights, is at most; where two values are, their mean (averaged inverted
 * distribution function, as scikit-learn). NaN where no weight is above 0, or their sum is beyond float64.
 */
export function quantile(values: Float64Array, share: number, weights?: Float64Array): number {
  if (weights) return weightedQuantile(values, share, weights)
  const sorted = values.slice().sort()
  const last = sorted.length - 1
  const at = share * sorted.length
  const below = sorted[Math.min(last, Math.max(0, Math.ceil(at) - 1))]!
  const above = sorted[Math.min(last, Math.floor(at))]!
  return middle(below, above)
}

const middle = (below: number, above: number): number => (below === above ? below : below / 2 + above / 2)

/** Sums of weights that differ by no more than this share of all of them differ by rounding alone. */
const ROUNDING = 2 ** -50

function weightedQuantile(values: Float64Array, share: number, weights: Float64Array): number {
  const order = argsort(values).filter((row) => weights[row]! > 0)
  const sums = runningSums(order.length, (i) => weights[order[i]!]!)
  const total = sums.at(-1) ?? Number.NaN
  if (!Number.isFinite(total)) return Number.NaN
  const at = sums.findIndex((sum) => sum >= (share - ROUNDING) * total)
  const below = values[order[at]!]!
  const isBetween = sums[at]! <= (share + ROUNDING) * total && at + 1 < order.length
  return isBetween ? middle(below, values[order[at + 1]!]!) : below
}

/** The value at a share of the way through sorted values, on the line between the two next to it, as NumPy has it. */
export function linearQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}
