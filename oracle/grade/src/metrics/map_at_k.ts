/** Mean average precision at k. Maximize, 0 to 1. ml_metrics `mapk`. */

import type { Metric } from './metric.ts'
import { meanOfLists, ofRanked } from './ranked.ts'

export const mapAtK: Metric = {
  ...ofRanked,
  id: 'map_at_k',
  title: 'Mean average precision at k',
  words: 'Precision at each relevant item of the list, averaged over as many as could be found; the mean over rows.',
  formula: 'mean over rows of Σ precision at each relevant item of the first k ÷ min(relevant items, k)',
  source: 'https://github.com/benhamner/Metrics/blob/master/Python/ml_metrics/average_precision.py',
  prepare: meanOfLists('map_at_k', (hits, relevant, { k }) => {
    let [found, sum] = [0, 0]
    for (let i = 0; i < hits.length; i++) if (hits[i] === 1) sum += ++found / (i + 1)
    return sum / Math.min(relevant, k!)
  }),
}
