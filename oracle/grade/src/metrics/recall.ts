/** Recall: the share of a class's rows that are found. Maximize, 0 to 1. scikit-learn `recall_score`. */

import { averaged } from './averaged.ts'
import { sklearn } from './common.ts'

export const recall = averaged(
  {
    id: 'recall',
    title: 'Recall',
    words: 'The share of the rows of a class that were given to it.',
    formula: 'TP ÷ (TP + FN) of each class, averaged by average',
    source: sklearn('recall_score'),
  },
  () => (both, _, actual) => both / actual,
)
