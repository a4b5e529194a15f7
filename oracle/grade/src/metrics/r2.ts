/** R², the share of the truth's variance that the prediction explains. */

import { GradeError } from '../errors.ts'
import { compensatedSum } from '../sum.ts'
import type { Metric } from './metric.ts'
import { numbers, regression, squaredError } from './regression.ts'

export const r2: Metric = {
  ...regression,
  id: 'r2',
  title: 'R², coefficient of determination',
  direction: 'maximize',
  range: [null, 1],
  best: 1,
  formula: '1 − Σ(truth − prediction)² ÷ Σ(truth − mean of truth)²',
  prepare(truth) {
    const t = numbers(truth)
    if (t.length < 2) throw new GradeError('truth_degenerate', 'r2 needs at least two rows.')
    const mean = compensatedSum(t.length, (i) => t[i]!) / t.length
    const variation = compensatedSum(t.length, (i) => (t[i]! - mean) * (t[i]! - mean))
    // Equal values may miss their own mean by a rounding, so the values are compared, not only the sum.
    if (t.every((value) => value === t[0]) || !(variation > 0 && Number.isFinite(variation))) {
      throw new GradeError('truth_degenerate', 'r2 needs a truth whose values differ, within the range of float64.')
    }
    return (predictions) => 1 - squaredError(t, numbers(predictions[0]!)) / variation
  },
}
