/** Fowlkes–Mallows index. Maximize, 0 to 1. scikit-learn `fowlkes_mallows_score`. */

import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { pairsOfRows } from './contingency.ts'
import type { Metric } from './metric.ts'

export const fowlkesMallows: Metric = {
  ...ofClusters,
  id: 'fowlkes_mallows',
  title: 'Fowlkes–Mallows index',
  words: 'The geometric mean of precision and recall over pairs of rows that are together.',
  formula: 'pairs together in both ÷ √(pairs together in truth · pairs together in prediction)',
  source: sklearn('fowlkes_mallows_score'),
  prepare: scoredBy((table) => {
    const { truth, predicted, both } = pairsOfRows(table)
    return both === 0 ? 0 : Math.sqrt(both / predicted) * Math.sqrt(both / truth)
  }),
}
