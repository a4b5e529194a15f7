/** Root mean squared percentage error, as a share. Minimize, from 0. */

import { weightedMean } from '../arithmetic/sum.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression, squared } from './regression.ts'
import { withoutZeros } from './shares.ts'

export const rmspe: Metric = {
  ...regression,
  id: 'rmspe',
  title: 'Root mean squared percentage error',
  words: 'The typical error as a share of the truth; large shares weigh more. Lower is better.',
  formula: '√(mean of ((truth − prediction) ÷ truth)²)',
  source: 'Shcherbakov et al.: A Survey of Forecast Error Measures, 2013',
  prepare: ofColumn(
    (truth) => withoutZeros(truth, 'rmspe'),
    ({ truth, predicted, weights }) =>
      Math.sqrt(weightedMean(truth.length, weights, (i) => squared((truth[i]! - predicted[i]!) / truth[i]!))),
  ),
}
