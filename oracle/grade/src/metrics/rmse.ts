/** Root mean squared error; over several columns the mean of theirs (MCRMSE). Minimize, from 0. scikit-learn `root_mean_squared_error`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, squared } from './regression.ts'

export const rmse: Metric = {
  ...regression,
  id: 'rmse',
  title: 'Root mean squared error',
  words:
    'The typical error in the unit of the target; large errors weigh more. Of several columns it is the mean (MCRMSE). Lower is better.',
  formula: '√(mean of (truth − prediction)²)',
  source: sklearn('root_mean_squared_error'),
  // The square root is a basic operation of IEEE 754: every engine rounds it correctly, unlike logarithms.
  prepare: ofColumn(
    () => undefined,
    ({ truth, predicted, weights }) =>
      Math.sqrt(weightedMean(truth.length, weights, (i) => squared(truth[i]! - predicted[i]!))),
  ),
}
