/** Mean absolute scaled error: by the error of a naive forecast on the training data. Minimize, from 0. Hyndman and Koehler 2006. */

import type { Metric } from './metric.ts'
import { meanLoss, regression } from './regression.ts'

export const mase: Metric = {
  ...regression,
  id: 'mase',
  title: 'Mean absolute scaled error',
  words: 'The mean error in units of a naive forecast’s error on the training data: below 1 is better than naive.',
  formula: 'mean of |truth − prediction| ÷ scale',
  source: 'Hyndman, Koehler: Another Look at Measures of Forecast Accuracy, 2006',
  params: {
    ...regression.params,
    scale: {
      kind: 'number',
      above: 0,
      needed: true,
      words: 'The mean absolute error of the naive (for seasons: seasonal naive) forecast on the training data.',
    },
  },
  prepare: meanLoss((t, p, { scale }) => Math.abs(t - p) / scale!),
}
