/** Mean absolute error. */

import { compensatedSum } from '../sum.ts'
import type { Metric } from './metric.ts'
import { numbers, regression } from './regression.ts'

export const mae: Metric = {
  ...regression,
  id: 'mae',
  title: 'Mean absolute error',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean of |truth − prediction|',
  prepare: (truth) => (predictions) => {
    const t = numbers(truth)
    const p = numbers(predictions[0]!)
    return compensatedSum(t.length, (i) => Math.abs(t[i]! - p[i]!)) / t.length
  },
}
