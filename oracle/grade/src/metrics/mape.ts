/** Mean absolute percentage error, as a share. Minimize, from 0. scikit-learn `mean_absolute_percentage_error`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression } from './regression.ts'
import { withoutZeros } from './shares.ts'

export const mape: Metric = {
  ...regression,
  id: 'mape',
  title: 'Mean absolute percentage error',
  words: 'The mean error as a share of the truth: 0.1 is 10 %. Lower is better.',
  formula: 'mean of |truth − prediction| ÷ |truth|',
  source: sklearn('mean_absolute_percentage_error'),
  prepare: ofColumn(
    (truth) => withoutZeros(truth, 'mape'),
    ({ truth, predicted, weights }) =>
      weightedMean(truth.length, weights, (i) => Math.abs(truth[i]! - predicted[i]!) / Math.abs(truth[i]!)),
  ),
}
