/** What metrics of clusters share: names of clusters do not matter, only which rows are together. */

import { ofClasses } from './common.ts'
import { type Contingency, contingencyOf } from './contingency.ts'
import type { Metric, MetricParams } from './metric.ts'

export const ofClusters = {
  ...ofClasses,
  family: 'clustering',
  weights: false,
} as const satisfies Partial<Metric>

export const scoredBy =
  (score: (table: Contingency, params: MetricParams) => number): Metric['prepare'] =>
  (truth, params) =>
  (predictions) =>
    score(contingencyOf(truth.columns[0]!, predictions[0]!), params)
