/** Mean reciprocal rank. Maximize, 0 to 1. */

import type { Metric } from './metric.ts'
import { meanOfLists, ofRanked } from './ranked.ts'

export const mrr: Metric = {
  ...ofRanked,
  id: 'mrr',
  title: 'Mean reciprocal rank',
  words: 'One by the place of the first relevant item; the mean over rows.',
  formula: 'mean over rows of 1 ÷ place of the first relevant item among the first k, 0 without one',
  source: 'Voorhees: The TREC-8 Question Answering Track Report, 1999',
  prepare: meanOfLists('mrr', (hits) => (hits.includes(1) ? 1 / (hits.indexOf(1) + 1) : 0)),
}
