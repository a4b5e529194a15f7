/** Root mean squared logarithmic error; over several columns the mean of theirs. Minimize, from 0. scikit-learn `root_mean_squared_log_error`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import { logarithmic, logError } from './logarithmic.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, squared } from './regression.ts'

export const rmsle: Metric = {
  ...regression,
  id: 'rmsle',
  title: 'Root mean squared logarithmic error',
  words: 'The typical error of the logarithm: being off by a factor counts alike at every size. Lower is better.',
  formula: '√(mean of (ln(1 + truth) − ln(1 + prediction))²)',
  source: sklearn('root_mean_squared_log_error'),
  prepare: ofColumn(
    (truth) => logarithmic(truth, 'rmsle'),
    ({ predicted, weights }, logs) =>
      Math.sqrt(weightedMean(predicted.length, weights, (i) => squared(logError(logs[i]!, predicted[i]!)))),
  ),
}
