/** Quantiles of numbers. */

/** The value that half of the numbers are below; the mean of the two in the middle. */
export const median = (values: Float64Array): number => quantile(values, 0.5)

/** The value that a share of the numbers is at most; where two values are, their mean (averaged inverted distribution function, as scikit-learn). */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort()
  const last = sorted.length - 1
  const at = share * sorted.length
  const below = sorted[Math.min(last, Math.max(0, Math.ceil(at) - 1))]!
  const above = sorted[Math.min(last, Math.floor(at))]!
  return below === above ? below : below / 2 + above / 2
}

/** The value at a share of the way through sorted values, on the line between the two next to it, as NumPy has it. */
export function linearQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}
