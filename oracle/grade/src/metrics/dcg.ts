/** Discounted cumulative gain of scored documents, mean over queries. Maximize, 0 on. scikit-learn `dcg_score`; Järvelin and Kekäläinen 2002. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import { gainOf, gainsOf, ofGains, pick } from './discountedgain.ts'
import type { Metric } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { numbers } from './regression.ts'

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
    const gains = gainsOf(truth, params, 'dcg')
    if (!gains.some((gain) => gain > 0))
      throw new GradeError('truth_degenerate', 'dcg needs a document with a relevance above 0.')
    const queries = rowsOfGroups(truth).map((rows) => ({ rows, gains: pick(gains, rows) }))
    return (predictions) => {
      const scores = numbers(predictions[0]!)
      return weightedMean(queries.length, undefined, (q) => {
        const { rows, gains: own } = queries[q]!
        return gainOf(pick(scores, rows), own, params.k!)
      })
    }
  },
}
