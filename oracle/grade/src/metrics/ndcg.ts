/** Normalized discounted cumulative gain of scored documents, by query. Maximize, 0 to 1. scikit-learn `ndcg_score`; Järvelin and Kekäläinen 2002. */

import { argsort } from '../argsort.ts'
import { GradeError } from '../errors.ts'
import { powerOfTwo } from '../exp.ts'
import { naturalLog } from '../log.ts'
import { compensatedSum, weightedMean } from '../sum.ts'
import { sklearn } from './common.ts'
import type { Metric, MetricTruth } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { K } from './ranked.ts'
import { numbers } from './regression.ts'

const discount = (place: number): number => Math.LN2 / naturalLog(place + 2)

/** Gain by discount of the first k places; documents with equal scores share the mean gain of their places. */
function gainOf(scores: Float64Array, gains: Float64Array, k: number): number {
  const order = argsort(scores).reverse()
  const parts: number[] = []
  for (let from = 0; from < Math.min(k, order.length); ) {
    let to = from + 1
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++
    const [start, size] = [from, to - from]
    const gain = compensatedSum(size, (i) => gains[order[start + i]!]!) / size
    parts.push(gain * compensatedSum(Math.min(to, k) - start, (i) => discount(start + i)))
    from = to
  }
  return compensatedSum(parts.length, (i) => parts[i]!)
}

const pick = (values: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!)

export const ndcg: Metric = {
  version: 1,
  family: 'ranking',
  id: 'ndcg',
  title: 'Normalized discounted cumulative gain',
  words: 'How high relevant documents are ranked within their query: a row is a document, its group the query.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over queries of DCG ÷ DCG of the best order, DCG being Σ gain ÷ log₂(place + 1) over the first k places; equal scores share the mean of their places',
  source: sklearn('ndcg_score'),
  truthTypes: ['number', 'integer'],
  truthColumns: 'one',
  columnTypes: ['number', 'integer', 'probability'],
  maxColumns: 1,
  weights: false,
  groups: 'own',
  params: {
    k: { ...K, default: 100_000 },
    gain: {
      kind: 'choice',
      choices: ['linear', 'exponential'],
      default: 'linear',
      words: 'The gain of a relevance: itself, or 2^relevance − 1 (relevances up to 50).',
    },
  },
  prepare(truth: MetricTruth, params) {
    const relevance = numbers(truth.columns[0]!)
    const k = params.k!
    const exponential = params.gain === 'exponential'
    if (relevance.some((value) => value < 0 || (exponential && !(Number.isInteger(value) && value <= 50))))
      throw new GradeError(
        'truth_degenerate',
        'ndcg needs relevances of at least 0; for gain exponential, whole ones up to 50.',
      )
    const gains = exponential ? relevance.map((value) => powerOfTwo(value) - 1) : relevance
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
