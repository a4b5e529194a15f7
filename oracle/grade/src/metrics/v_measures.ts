/** Homogeneity, completeness and V-measure. Maximize, 0 to 1. scikit-learn `homogeneity_completeness_v_measure`; Rosenberg and Hirschberg 2007. */

import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { type Contingency, entropy, mutualInformation } from './contingency.ts'
import type { Metric } from './metric.ts'

function parts(table: Contingency): { homogeneity: number; completeness: number } {
  const information = mutualInformation(table)
  const [ofTruth, ofPrediction] = [entropy(table.truth, table.rows), entropy(table.predicted, table.rows)]
  const share = (whole: number): number => (whole === 0 ? 1 : Math.min(1, information / whole))
  // Equal up to names of clusters: logarithms may miss 1 by a rounding.
  const same = table.pairs.length === table.truth.length && table.pairs.length === table.predicted.length
  return same ? { homogeneity: 1, completeness: 1 } : { homogeneity: share(ofTruth), completeness: share(ofPrediction) }
}

export const homogeneity: Metric = {
  ...ofClusters,
  id: 'homogeneity',
  title: 'Homogeneity',
  words: 'How far each predicted cluster has rows of a single true one.',
  formula: 'mutual information ÷ entropy of the truth; 1 where the truth is one cluster',
  source: sklearn('homogeneity_score'),
  prepare: scoredBy((table) => parts(table).homogeneity),
}

export const completeness: Metric = {
  ...ofClusters,
  id: 'completeness',
  title: 'Completeness',
  words: 'How far the rows of each true cluster are in a single predicted one.',
  formula: 'mutual information ÷ entropy of the prediction; 1 where the prediction is one cluster',
  source: sklearn('completeness_score'),
  prepare: scoredBy((table) => parts(table).completeness),
}

export const vMeasure: Metric = {
  ...ofClusters,
  id: 'v_measure',
  title: 'V-measure',
  words: 'Homogeneity and completeness in one number, where completeness counts beta times as much.',
  formula: '(1 + beta)·homogeneity·completeness ÷ (beta·homogeneity + completeness)',
  source: sklearn('v_measure_score'),
  params: {
    beta: { kind: 'number', min: 0, max: 1000, default: 1, words: 'How many times completeness counts as much.' },
  },
  prepare: scoredBy((table, { beta }) => {
    const { homogeneity: h, completeness: c } = parts(table)
    return h + c === 0 ? 0 : ((1 + beta!) * h * c) / (beta! * h + c)
  }),
}
