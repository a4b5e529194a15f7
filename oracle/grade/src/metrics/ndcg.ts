/** Normalized discounted cumulative gain of scored documents, by query. Maximize, 0 to 1. scikit-learn `ndcg_score`; Järvelin and Kekäläinen 2002. */

import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import { gainOf, meanOfQueries, ofGains, queriesOf } from './discountedgain.ts'
import type { Metric } from './metric.ts'

export const ndcg: Metric = {
  ...ofGains,
  id: 'ndcg',
  title: 'Normalized discounted cumulative gain',
  words: 'How high relevant documents are ranked within their query: a row is a document, its group the query.',
  range: [0, 1],
  best: 1,
  formula:
    'mean over queries of DCG ÷ DCG of the best order, DCG being Σ gain ÷ log₂(place + 1) over the first k places; equal scores share the mean of their places',
  source: sklearn('ndcg_score'),
  prepare(truth, params) {
    const queries = queriesOf(truth, params, 'ndcg')
    const best = queries.map(({ gains }) => gainOf(gains, gains, params.k!))
    if (best.some((gain) => !(gain > 0)))
      throw new GradeError('truth_degenerate', 'ndcg needs a document with a relevance above 0 in each query.')
    return meanOfQueries(queries, params.k!, (gain, q) => gain / best[q]!)
  },
}
