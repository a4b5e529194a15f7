/** R², the share of the truth's variance that the prediction explains. Maximize, up to 1. scikit-learn `r2_score`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, squared, weightedSum } from './regression.ts'

export const r2: Metric = {
  ...regression,
  id: 'r2',
  title: 'R², coefficient of determination',
  words: 'The share of the variance explained: 1 is perfect, 0 is no better than the mean.',
  direction: 'maximize',
  range: [null, 1],
  best: 1,
  formula: '1 − Σ(truth − prediction)² ÷ Σ(truth − mean of truth)²',
  source: sklearn('r2_score'),
  prepare: ofColumn(
    (truth, weights) => variationOf(truth, weights, 'r2'),
    ({ truth, predicted, weights }, variation) =>
      1 - weightedSum(truth.length, weights, (i) => squared(truth[i]! - predicted[i]!)) / variation,
  ),
}

/** Σ w·(truth − mean)². Throws `truth_degenerate` where it is 0 or beyond float64. */
export function variationOf(truth: Float64Array, weights: Float64Array | undefined, metric: string): number {
  if (truth.length < 2) throw new GradeError('truth_degenerate', `${metric} needs at least two rows.`)
  const mean = weightedMean(truth.length, weights, (i) => truth[i]!)
  const variation = weightedSum(truth.length, weights, (i) => squared(truth[i]! - mean))
  // Equal values may miss their own mean by a rounding, so the values are compared, not only the sum.
  const first = truth[weights ? weights.findIndex((weight) => weight > 0) : 0]
  const equal = truth.every((value, i) => value === first || weights?.[i] === 0)
  if (equal || !(variation > 0 && Number.isFinite(variation)))
    throw new GradeError(
      'truth_degenerate',
      `${metric} needs a truth whose values differ, within the range of float64.`,
    )
  return variation
}
