/** Root mean squared error. */

import type { Metric } from './metric.ts'
import { numbers, regression, squaredError } from './regression.ts'

export const rmse: Metric = {
  ...regression,
  id: 'rmse',
  title: 'Root mean squared error',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: '√(mean of (truth − prediction)²)',
  // The square root is a basic operation of IEEE 754: every engine rounds it correctly, unlike logarithms.
  prepare: (truth) => (predictions) =>
    Math.sqrt(squaredError(numbers(truth), numbers(predictions[0]!)) / numbers(truth).length),
}
