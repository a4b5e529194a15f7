/** Weighted absolute percentage error: all errors by all of the truth. Minimize, from 0. */

import { GradeError } from '../errors.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, weightedSum } from './regression.ts'

export const wape: Metric = {
  ...regression,
  id: 'wape',
  title: 'Weighted absolute percentage error',
  words: 'The sum of the errors as a share of the sum of the truth; rows of 0 do no harm. Lower is better.',
  formula: 'Σ |truth − prediction| ÷ Σ |truth|',
  source: 'Kolassa, Schütz: Advantages of the MAD/Mean Ratio over the MAPE, 2007',
  prepare: ofColumn(
    (truth, weights) => {
      const total = weightedSum(truth.length, weights, (i) => Math.abs(truth[i]!))
      if (!(total > 0)) throw new GradeError('truth_degenerate', 'wape needs a truth that is not 0 in every row.')
      return total
    },
    ({ truth, predicted, weights }, total) =>
      weightedSum(truth.length, weights, (i) => Math.abs(truth[i]! - predicted[i]!)) / total,
  ),
}
