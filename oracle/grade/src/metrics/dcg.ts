/** Discounted cumulative gain of scored documents, mean over queries. Maximize, 0 on. scikit-learn `dcg_score`; Järvelin and Kekäläinen 2002. */

import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import { meanOfQueries, ofGains, queriesOf } from './discountedgain.ts'
import type { Metric } from './metric.ts'

export const dcg: Metric = {
  ...ofGains,
  id: 'dcg',
  title: 'Discounted cumulative gain',
  words:
    'How much relevance is ranked high within its query: a row is a document, its group the query. Queries with more relevant documents count more.',
  range: [0, null],
  best: Number.POSITIVE_INFINITY,
  formula:
    'mean over queries of Σ gain ÷ log₂(place + 1) over the first k places; equal scores share the mean of their places',
  source: sklearn('dcg_score'),
  prepare(truth, params) {
    const queries = queriesOf(truth, params, 'dcg')
    if (!queries.some(({ gains }) => gains.some((gain) => gain > 0)))
      throw new GradeError('truth_degenerate', 'dcg needs a document with a relevance above 0.')
    return meanOfQueries(queries, params.k!, (gain) => gain)
  },
}
