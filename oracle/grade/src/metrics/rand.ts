/** Rand index. Maximize, 0 to 1. scikit-learn `rand_score`. */

import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { pairsOfRows } from './contingency.ts'
import type { Metric } from './metric.ts'

export const rand: Metric = {
  ...ofClusters,
  id: 'rand',
  title: 'Rand index',
  words: 'The share of pairs of rows on which truth and prediction agree whether they belong together.',
  formula: '(pairs together in both + pairs apart in both) ÷ pairs',
  source: sklearn('rand_score'),
  prepare: scoredBy((table) => {
    const { all, truth, predicted, both } = pairsOfRows(table)
    return all === 0 ? 1 : (all - truth - predicted + 2 * both) / all
  }),
}
