/** Precision at k. Maximize, 0 to 1. */

import type { Metric } from './metric.ts'
import { meanOfLists, ofRanked } from './ranked.ts'

export const precisionAtK: Metric = {
  ...ofRanked,
  id: 'precision_at_k',
  title: 'Precision at k',
  words: 'The share of the first k items that are relevant.',
  formula: 'mean over rows of relevant items among the first k ÷ k',
  source: 'Manning, Raghavan, Schütze: Introduction to Information Retrieval, chapter 8',
  prepare: meanOfLists('precision_at_k', (hits, _, { k }) => hits.reduce((sum, hit) => sum + hit, 0) / k!),
}
