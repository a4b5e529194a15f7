/** F-beta: precision and recall in one number, recall counting β times as much. Maximize, 0 to 1. scikit-learn `fbeta_score`. */

import { averaged } from './averaged.ts'
import { sklearn } from './common.ts'

export const fbeta = averaged(
  {
    id: 'fbeta',
    title: 'F-beta',
    words: 'Precision and recall in one number, where recall counts beta times as much as precision.',
    formula: '(1 + β²)·TP ÷ (β²·(TP + FN) + TP + FP) of each class, averaged by average',
    source: sklearn('fbeta_score'),
    params: {
      beta: {
        kind: 'number',
        min: 0,
        max: 1000,
        needed: true,
        words: 'How many times recall counts as much as precision.',
      },
    },
  },
  ({ beta }) => {
    const square = beta! * beta!
    return (both, predicted, actual) => ((1 + square) * both) / (square * actual + predicted)
  },
)
