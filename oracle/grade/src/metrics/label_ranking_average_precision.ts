/** Label ranking average precision. Maximize, 0 to 1. scikit-learn `label_ranking_average_precision_score`. */

import { sklearn } from './common.ts'
import { atLeast, meanOfRows, ofLabelRanking } from './labelranking.ts'
import type { Metric } from './metric.ts'

export const labelRankingAveragePrecision: Metric = {
  ...ofLabelRanking,
  id: 'label_ranking_average_precision',
  title: 'Label ranking average precision',
  words:
    'For each label that a row has, the share of its labels among all that score at least as high; averaged. With a weight of each row’s number of labels it is LWLRAP.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over rows of the mean over true labels of (true labels that score at least as high ÷ labels that do); 1 for a row with no label or all',
  source: sklearn('label_ranking_average_precision_score'),
  prepare: meanOfRows('label_ranking_average_precision', (scores, labels) => {
    let [sum, count] = [0, 0]
    for (let k = 0; k < scores.length; k++) {
      if (labels[k] !== 1) continue
      sum += atLeast(scores, scores[k]!, (other) => labels[other] === 1) / atLeast(scores, scores[k]!, () => true)
      count++
    }
    return count === 0 || count === scores.length ? 1 : sum / count
  }),
}
