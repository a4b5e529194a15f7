/** Recall at k. Maximize, 0 to 1. */

import type { Metric } from './metric.ts'
import { meanOfLists, ofRanked } from './ranked.ts'

export const recallAtK: Metric = {
  ...ofRanked,
  id: 'recall_at_k',
  title: 'Recall at k',
  words: 'The share of the relevant items that are among the first k.',
  formula: 'mean over rows of relevant items among the first k ÷ relevant items',
  source: 'Manning, Raghavan, Schütze: Introduction to Information Retrieval, chapter 8',
  prepare: meanOfLists('recall_at_k', (hits, relevant) => hits.reduce((sum, hit) => sum + hit, 0) / relevant),
}
