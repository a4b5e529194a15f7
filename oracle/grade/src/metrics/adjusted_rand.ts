/** Adjusted Rand index. Maximize, −0.5 to 1. scikit-learn `adjusted_rand_score`; Hubert and Arabie 1985. */

import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { pairsOfRows } from './contingency.ts'
import type { Metric } from './metric.ts'

export const adjustedRand: Metric = {
  ...ofClusters,
  id: 'adjusted_rand',
  title: 'Adjusted Rand index',
  words: 'Agreement on pairs of rows beyond chance: 1 is perfect, 0 a guess.',
  range: [-0.5, 1],
  formula:
    '(both − truth·predicted ÷ pairs) ÷ ((truth + predicted) ÷ 2 − truth·predicted ÷ pairs), counting pairs of rows that are together',
  source: sklearn('adjusted_rand_score'),
  prepare: scoredBy((table) => {
    const { all, truth, predicted, both } = pairsOfRows(table)
    const [onlyTruth, onlyPredicted] = [truth - both, predicted - both]
    const apart = all - truth - predicted + both
    if (onlyTruth === 0 && onlyPredicted === 0) return 1
    return (
      (2 * (both * apart - onlyTruth * onlyPredicted)) /
      ((both + onlyTruth) * (onlyTruth + apart) + (both + onlyPredicted) * (onlyPredicted + apart))
    )
  }),
}
