/** Hit rate at k. Maximize, 0 to 1. */

import type { Metric } from './metric.ts'
import { meanOfLists, ofRanked } from './ranked.ts'

export const hitRateAtK: Metric = {
  ...ofRanked,
  id: 'hit_rate_at_k',
  title: 'Hit rate at k',
  words: 'The share of rows with a relevant item among the first k.',
  formula: 'rows with a relevant item among the first k ÷ rows',
  source: 'Deshpande, Karypis: Item-Based Top-N Recommendation Algorithms, 2004',
  prepare: meanOfLists('hit_rate_at_k', (hits) => (hits.includes(1) ? 1 : 0)),
}
