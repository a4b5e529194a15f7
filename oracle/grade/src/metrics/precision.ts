/** Precision: the share of the rows given to a class that belong to it. Maximize, 0 to 1. scikit-learn `precision_score`. */

import { averaged } from './averaged.ts'
import { sklearn } from './common.ts'

export const precision = averaged(
  {
    id: 'precision',
    title: 'Precision',
    words: 'The share of the rows given to a class that really belong to it.',
    formula: 'TP ÷ (TP + FP) of each class, averaged by average',
    source: sklearn('precision_score'),
  },
  () => (both, predicted) => both / predicted,
)
