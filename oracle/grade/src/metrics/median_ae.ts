/** Median absolute error. Minimize, from 0. scikit-learn `median_absolute_error`. */

import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { median } from './quantile.ts'
import { ofColumn, regression } from './regression.ts'

export const medianAe: Metric = {
  ...regression,
  id: 'median_ae',
  title: 'Median absolute error',
  words: 'The distance to the truth that half of the rows stay within. Lower is better.',
  formula: 'median of |truth − prediction|',
  source: sklearn('median_absolute_error'),
  prepare: ofColumn(
    () => undefined,
    ({ truth, predicted, weights }) =>
      median(
        truth.map((t, i) => Math.abs(t - predicted[i]!)),
        weights,
      ),
  ),
}
