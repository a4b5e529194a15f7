/** Jaccard index: rows that are truly and by prediction of a class, of those that are either. Maximize, 0 to 1. scikit-learn `jaccard_score`. */

import { averaged } from './averaged.ts'
import { sklearn } from './common.ts'

export const jaccard = averaged(
  {
    id: 'jaccard',
    title: 'Jaccard index',
    words: 'Of the rows that belong to a class or were given to it, the share for which both holds.',
    formula: 'TP ÷ (TP + FP + FN) of each class, averaged by average',
    source: sklearn('jaccard_score'),
  },
  () => (both, predicted, actual) => both / (actual + predicted - both),
)
