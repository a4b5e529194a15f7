/** Mean squared error. Minimize, from 0. scikit-learn `mean_squared_error`. */

import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { meanLoss, regression, squared } from './regression.ts'

export const mse: Metric = {
  ...regression,
  id: 'mse',
  title: 'Mean squared error',
  words: 'The mean of the squared errors; large errors weigh more. Lower is better.',
  formula: 'mean of (truth − prediction)²',
  source: sklearn('mean_squared_error'),
  prepare: meanLoss((t, p) => squared(t - p)),
}
