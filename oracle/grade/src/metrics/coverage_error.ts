/** Coverage error. Minimize, from the mean number of labels a row. scikit-learn `coverage_error`. */

import { sklearn } from './common.ts'
import { atLeast, meanOfRows, ofLabelRanking } from './labelranking.ts'
import type { Metric } from './metric.ts'

export const coverageError: Metric = {
  ...ofLabelRanking,
  id: 'coverage_error',
  title: 'Coverage error',
  words:
    'How far down the ranking one must go to have all true labels. The best value is the mean number of labels a row.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula:
    'mean over rows of the labels that score at least as high as the lowest true one; 0 for a row without a label',
  source: sklearn('coverage_error'),
  prepare: meanOfRows('coverage_error', (scores, labels) => {
    let lowest = Number.POSITIVE_INFINITY
    for (let k = 0; k < scores.length; k++) if (labels[k] === 1) lowest = Math.min(lowest, scores[k]!)
    return atLeast(scores, lowest, () => true)
  }),
}
