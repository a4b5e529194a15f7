/** Concordance index of survival times. Maximize, 0 to 1. lifelines `concordance_index`; Harrell 1982. */

import { argsort } from '../arithmetic/argsort.ts'
import { GradeError } from '../errors.ts'
import type { Metric } from './metric.ts'
import { numbers } from './regression.ts'

export const concordanceIndex: Metric = {
  version: 1,
  family: 'survival',
  id: 'concordance_index',
  title: 'Concordance index',
  words: 'Of the pairs of rows whose order of survival is known, the share that is predicted in that order.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    '(pairs in the right order + ½ · pairs with equal predictions) ÷ pairs that can be compared: the shorter time ended with the event',
  source: 'https://lifelines.readthedocs.io/en/latest/lifelines.utils.html#lifelines.utils.concordance_index',
  truthTypes: ['number', 'integer'],
  truthColumns: [
    { name: 'time', type: 'number' },
    { name: 'event', type: 'integer' },
  ],
  columnTypes: ['number', 'integer', 'probability'],
  maxColumns: 1,
  weights: false,
  params: {},
  prepare(truth) {
    const [times, events] = [numbers(truth.columns[0]!), numbers(truth.columns[1]!)]
    if (events.some((event) => event !== 0 && event !== 1))
      throw new GradeError('truth_degenerate', 'concordance_index needs 0 (censored) or 1 in the column event.')
    const order = argsort(times)
    if (comparedPairs(order, times, events) === 0)
      throw new GradeError('truth_degenerate', 'concordance_index needs two rows whose order of survival is known.')
    return (predictions) => {
      const scores = numbers(predictions[0]!)
      return concordance(order, times, events, scores)
    }
  },
  trial: (truth) => ({
    // Who is censored lived at least as long as who died at the same time.
    perfect: (rank) => [
      numbers(truth.columns[0]!)[rank]! * 2 + (numbers(truth.columns[1]!)[rank] === 0 ? 2 ** -20 : 0),
    ],
    constant: [1],
  }),
}

/** Pairs of which one died while the other was alive: rows with a longer time, and censored ones of the same time. */
function comparedPairs(order: Int32Array, times: Float64Array, events: Float64Array): number {
  let pairs = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    let deaths = 0
    while (to < order.length && times[order[to]!] === times[order[from]!]) deaths += events[order[to++]!]!
    pairs += deaths * (order.length - from - deaths)
    from = to
  }
  return pairs
}

/** By times from the longest on; a tree of counts over the ranks of the predictions tells how many are higher and how many equal. */
function concordance(order: Int32Array, times: Float64Array, events: Float64Array, scores: Float64Array): number {
  const n = order.length
  const byScore = argsort(scores)
  const rank = new Int32Array(n)
  let ranks = 0
  for (let i = 0; i < n; i++) {
    if (i === 0 || scores[byScore[i]!] !== scores[byScore[i - 1]!]) ranks++
    rank[byScore[i]!] = ranks
  }
  const tree = new Int32Array(ranks + 1)
  const add = (at: number): void => {
    for (let i = at; i <= ranks; i += i & -i) tree[i]!++
  }
  const upTo = (at: number): number => {
    let sum = 0
    for (let i = at; i > 0; i -= i & -i) sum += tree[i]!
    return sum
  }
  let [halves, pairs, living] = [0, 0, 0]
  for (let to = n; to > 0; ) {
    let from = to - 1
    while (from > 0 && times[order[from - 1]!] === times[order[to - 1]!]) from--
    const rows = order.subarray(from, to)
    for (const row of rows)
      if (events[row] === 0) {
        add(rank[row]!)
        living++
      }
    for (const row of rows) {
      if (events[row] === 0) continue
      const notAbove = upTo(rank[row]!)
      const below = upTo(rank[row]! - 1)
      halves += 2 * (living - notAbove) + (notAbove - below)
      pairs += living
    }
    for (const row of rows)
      if (events[row] === 1) {
        add(rank[row]!)
        living++
      }
    to = from
  }
  return halves / (2 * pairs)
}
