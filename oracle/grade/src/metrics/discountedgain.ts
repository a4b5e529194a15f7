/** Discounted cumulative gain of scored documents, a query at a time: what `dcg` is and `ndcg` divides. */

import { argsort } from '../arithmetic/argsort.ts'
import { powerOfTwo } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { Metric, MetricParams, MetricTruth, Scorer } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { K } from './ranked.ts'
import { numbers } from './regression.ts'

const discount = (place: number): number => Math.LN2 / naturalLog(place + 2)

/** Gain by discount of the first k places; documents with equal scores share the mean gain of their places. */
export function gainOf(scores: Float64Array, gains: Float64Array, k: number): number {
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

/** A row is a document with its relevance, and its group is the query. */
export const ofGains = {
  version: 1,
  family: 'ranking',
  direction: 'maximize',
  truthTypes: ['number', 'integer'],
  truthColumns: 'one',
  columnTypes: ['number', 'integer', 'probability'],
  maxColumns: 1,
  weights: true,
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
} as const satisfies Partial<Metric>

/** The documents of a query: their rows, what each is worth, and how much the query counts. */
export interface Query {
  readonly rows: Int32Array
  readonly gains: Float64Array
  readonly weight: number
}

/** The queries that count. Throws `truth_degenerate` for relevances that have no gain, and for rows of a query with different weights. */
export function queriesOf(truth: MetricTruth, params: MetricParams, metric: string): Query[] {
  const gains = gainsOf(truth, params, metric)
  const { weights } = truth
  const queries = rowsOfGroups(truth).map((rows): Query => {
    const weight = weights?.[rows[0]!] ?? 1
    if (weights && rows.some((row) => weights[row] !== weight))
      throw new GradeError('truth_degenerate', `${metric} needs the same weight in all rows of a query.`)
    return { rows, gains: pick(gains, rows), weight }
  })
  return queries.filter(({ weight }) => weight > 0)
}

/** The mean over queries of what is made of the gain of their documents in the order of their scores. */
export function meanOfQueries(
  queries: readonly Query[],
  k: number,
  score: (gain: number, q: number) => number,
): Scorer {
  const weights = Float64Array.from(queries, ({ weight }) => weight)
  return (predictions) => {
    const scores = numbers(predictions[0]!)
    return weightedMean(queries.length, weights, (q) => {
      const { rows, gains } = queries[q]!
      return score(gainOf(pick(scores, rows), gains, k), q)
    })
  }
}

/** What each document of the truth is worth. */
function gainsOf(truth: MetricTruth, { gain }: MetricParams, metric: string): Float64Array {
  const relevance = numbers(truth.columns[0]!)
  const exponential = gain === 'exponential'
  if (relevance.some((value) => value < 0 || (exponential && !(Number.isInteger(value) && value <= 50))))
    throw new GradeError(
      'truth_degenerate',
      `${metric} needs relevances of at least 0; for gain exponential, whole ones up to 50.`,
    )
  return exponential ? relevance.map((value) => powerOfTwo(value) - 1) : relevance
}
