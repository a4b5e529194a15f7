/** Pearson correlation; over several columns the mean of theirs. Maximize, −1 to 1. SciPy `pearsonr`. */

import { compensatedSum } from '../arithmetic/sum.ts'
import type { Metric } from './metric.ts'
import { variationOf } from './r2.ts'
import { ofColumn, regression } from './regression.ts'

/** Not a number where the prediction is constant. Truths that are constant are refused before. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const n = x.length
  const [meanX, meanY] = [compensatedSum(n, (i) => x[i]!) / n, compensatedSum(n, (i) => y[i]!) / n]
  const xy = compensatedSum(n, (i) => (x[i]! - meanX) * (y[i]! - meanY))
  const xx = compensatedSum(n, (i) => (x[i]! - meanX) * (x[i]! - meanX))
  const yy = compensatedSum(n, (i) => (y[i]! - meanY) * (y[i]! - meanY))
  if (y.every((value) => value === y[0])) return Number.NaN
  // Rounding may pass the bounds.
  return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))))
}

export const pearson: Metric = {
  ...regression,
  id: 'pearson',
  title: 'Pearson correlation',
  words:
    'How well predictions follow the truth along a line, whatever its slope and offset. Of several columns it is the mean.',
  direction: 'maximize',
  range: [-1, 1],
  best: 1,
  formula: 'covariance of truth and prediction ÷ (their standard deviations)',
  source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.pearsonr.html',
  weights: false,
  prepare: ofColumn(
    (truth) => variationOf(truth, undefined, 'pearson'),
    ({ truth, predicted }) => correlation(truth, predicted),
  ),
}
