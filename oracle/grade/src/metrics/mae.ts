/** Mean absolute error. Minimize, from 0. scikit-learn `mean_absolute_error`. */

import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { meanLoss, regression } from './regression.ts'

export const mae: Metric = {
  ...regression,
  id: 'mae',
  title: 'Mean absolute error',
  words: 'The mean distance to the truth, in its unit. Lower is better.',
  formula: 'mean of |truth − prediction|',
  source: sklearn('mean_absolute_error'),
  prepare: meanLoss((t, p) => Math.abs(t - p)),
}
