/** Normalized discounted cumulative gain of scored documents, by query. Maximize, 0 to 1. scikit-learn `ndcg_score`; Järvelin and Kekäläinen 2002. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import { gainOf, gainsOf, ofGains, pick } from './discountedgain.ts'
import type { Metric } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { numbers } from './regression.ts'

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
    const gains = gainsOf(truth, params, 'ndcg')
    const k = params.k!
    const queries = rowsOfGroups(truth).map((rows) => {
      const own = pick(gains, rows)
      return { rows, gains: own, best: gainOf(own, own, k) }
    })
    if (queries.some(({ best }) => !(best > 0)))
      throw new GradeError('truth_degenerate', 'ndcg needs a document with a relevance above 0 in each query.')
    return (predictions) => {
      const scores = numbers(predictions[0]!)
      return weightedMean(queries.length, undefined, (q) => {
        const { rows, gains: own, best } = queries[q]!
        return gainOf(pick(scores, rows), own, k) / best
      })
    }
  },
}
