/** Mean squared logarithmic error. Minimize, from 0. scikit-learn `mean_squared_log_error`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import { logarithmic, logError } from './logarithmic.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, squared } from './regression.ts'

export const msle: Metric = {
  ...regression,
  id: 'msle',
  title: 'Mean squared logarithmic error',
  words:
    'The mean squared difference of logarithms: being off by a factor counts alike at every size. Lower is better.',
  formula: 'mean of (ln(1 + truth) − ln(1 + prediction))²',
  source: sklearn('mean_squared_log_error'),
  prepare: ofColumn(
    (truth) => logarithmic(truth, 'msle'),
    ({ predicted, weights }, logs) =>
      weightedMean(predicted.length, weights, (i) => squared(logError(logs[i]!, predicted[i]!))),
  ),
}
