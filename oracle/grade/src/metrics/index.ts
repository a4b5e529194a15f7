/** The metrics, by id. */

import { GradeError } from '../errors.ts'
import { accuracy } from './accuracy.ts'
import { f1Binary, f1Macro, f1Micro, f1Weighted } from './f1.ts'
import { logLoss } from './log_loss.ts'
import { mae } from './mae.ts'
import type { Metric, MetricId } from './metric.ts'
import { r2 } from './r2.ts'
import { rmse } from './rmse.ts'
import { rocAuc } from './roc_auc.ts'

/** Every metric, in the order in which pages list them. */
export const METRICS: readonly Metric[] = [
  accuracy,
  f1Macro,
  f1Micro,
  f1Weighted,
  f1Binary,
  rocAuc,
  logLoss,
  rmse,
  mae,
  r2,
]

export const isMetricId = (id: string): id is MetricId => METRICS.some((metric) => metric.id === id)

/** The metric of an id. Throws `metric_unknown`. */
export function getMetric(id: string): Metric {
  const metric = METRICS.find((m) => m.id === id)
  if (!metric)
    throw new GradeError(
      'metric_unknown',
      `There is no metric ${id}. There are ${METRICS.map((m) => m.id).join(', ')}.`,
    )
  return metric
}
