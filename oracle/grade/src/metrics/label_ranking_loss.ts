/** Label ranking loss. Minimize, 0 to 1. scikit-learn `label_ranking_loss`. */

import { sklearn } from './common.ts'
import { meanOfRows, ofLabelRanking } from './labelranking.ts'
import type { Metric } from './metric.ts'

export const labelRankingLoss: Metric = {
  ...ofLabelRanking,
  id: 'label_ranking_loss',
  title: 'Label ranking loss',
  words:
    'The share of pairs of a true and a false label in which the false one scores at least as high. Lower is better.',
  direction: 'minimize',
  range: [0, 1],
  best: 0,
  formula: 'mean over rows of pairs in the wrong order or tied ÷ pairs; 0 for a row with no label or all',
  source: sklearn('label_ranking_loss'),
  prepare: meanOfRows('label_ranking_loss', (scores, labels) => {
    let [wrong, pairs] = [0, 0]
    for (let a = 0; a < scores.length; a++) {
      if (labels[a] !== 1) continue
      for (let b = 0; b < scores.length; b++) {
        if (labels[b] === 1) continue
        pairs++
        if (scores[a]! <= scores[b]!) wrong++
      }
    }
    return pairs === 0 ? 0 : wrong / pairs
  }),
}
