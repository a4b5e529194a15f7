/** Explained variance: R² that forgives a constant offset. Maximize, up to 1. scikit-learn `explained_variance_score`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { variationOf } from './r2.ts'
import { ofColumn, regression, squared, weightedSum } from './regression.ts'

export const explainedVariance: Metric = {
  ...regression,
  id: 'explained_variance',
  title: 'Explained variance',
  words: 'The share of the variance explained, where a constant offset of all predictions does not count.',
  direction: 'maximize',
  range: [null, 1],
  best: 1,
  formula: '1 − variance of (truth − prediction) ÷ variance of truth',
  source: sklearn('explained_variance_score'),
  prepare: ofColumn(
    (truth, weights) => variationOf(truth, weights, 'explained_variance'),
    ({ truth, predicted, weights }, variation) => {
      const mean = weightedMean(truth.length, weights, (i) => truth[i]! - predicted[i]!)
      return 1 - weightedSum(truth.length, weights, (i) => squared(truth[i]! - predicted[i]! - mean)) / variation
    },
  ),
}
