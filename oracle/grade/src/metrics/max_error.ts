/** Maximum error. Minimize, from 0. scikit-learn `max_error`. */

import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression } from './regression.ts'

export const maxError: Metric = {
  ...regression,
  id: 'max_error',
  title: 'Maximum error',
  words: 'The largest distance to the truth. Lower is better.',
  weights: false,
  formula: 'largest |truth − prediction|',
  source: sklearn('max_error'),
  prepare: ofColumn(
    () => undefined,
    ({ truth, predicted }) => truth.reduce((most, t, i) => Math.max(most, Math.abs(t - predicted[i]!)), 0),
  ),
}
