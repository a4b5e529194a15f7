/** The metrics, by id. */

import { GradeError } from '../errors.ts'
import { accuracy } from './accuracy.ts'
import { balancedAccuracy } from './balanced_accuracy.ts'
import { cohenKappa } from './cohen_kappa.ts'
import { f1Binary, f1Macro, f1Micro, f1Weighted } from './f1.ts'
import { FAMILIES } from './families.ts'
import { fbeta } from './fbeta.ts'
import { hammingLoss } from './hamming_loss.ts'
import { jaccard } from './jaccard.ts'
import { logLoss } from './log_loss.ts'
import { mae } from './mae.ts'
import { mcc } from './mcc.ts'
import type { Metric, MetricId } from './metric.ts'
import { mse } from './mse.ts'
import { precision } from './precision.ts'
import { quadraticWeightedKappa } from './quadratic_weighted_kappa.ts'
import { r2 } from './r2.ts'
import { recall } from './recall.ts'
import { rmse } from './rmse.ts'
import { rocAuc } from './roc_auc.ts'
import { zeroOneLoss } from './zero_one_loss.ts'

const ALL: readonly Metric[] = [
  ...[accuracy, balancedAccuracy, zeroOneLoss, f1Macro, f1Micro, f1Weighted, f1Binary, precision, recall, fbeta],
  ...[jaccard, mcc, cohenKappa, quadraticWeightedKappa, hammingLoss],
  ...[rocAuc, logLoss],
  ...[rmse, mse, mae, r2],
]

const byId = new Map<string, Metric>(ALL.map((metric) => [metric.id, metric]))

/** Every metric, in the order in which pages list them. */
export const METRICS: readonly Metric[] = Object.values(FAMILIES).flatMap(({ ids }) => ids.map((id) => byId.get(id)!))

export const isMetricId = (id: string): id is MetricId => byId.has(id)

/** The metric of an id. Throws `metric_unknown`. */
export function getMetric(id: string): Metric {
  const metric = byId.get(id)
  if (!metric)
    throw new GradeError(
      'metric_unknown',
      `There is no metric ${id}. There are ${METRICS.map((m) => m.id).join(', ')}.`,
    )
  return metric
}
