/** What metrics of ranked lists share: relevant items in the truth, a list of items, best first, in the submission. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { createByteTable } from '../table/bytetable.ts'
import type { Column } from '../table/columns.ts'
import { listsOf, setsOf } from './lists.ts'
import type { Metric, MetricParams } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'

export const K: Extract<ParamSpec, { kind: 'number' }> = {
  kind: 'number',
  integer: true,
  min: 1,
  max: 100_000,
  default: 10,
  words: 'How many items of a list count, from its beginning.',
}

export const ofRanked = {
  version: 1,
  family: 'ranking',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: true,
  params: { k: K },
} as const satisfies Partial<Metric>

/**
 * Scores a row by which of its first k items are relevant: `hits[i]` is 1 for a relevant item that is not a repetition. Only the first of
 * equal items counts; the others hold a place. Rows without relevant items are refused, since no list could be right.
 */
export const meanOfLists =
  (metric: string, score: (hits: Uint8Array, relevant: number, params: MetricParams) => number): Metric['prepare'] =>
  (truth, params) => {
    const sizes = setsOf(truth.columns[0]!, createByteTable())
    for (let row = 0; row < sizes.codes.length; row++) {
      const code = sizes.codes[row]!
      if (sizes.starts[code + 1] === sizes.starts[code])
        throw new GradeError('truth_degenerate', `${metric} needs at least one relevant item in each row.`)
    }
    const k = params.k!
    return (predictions: readonly Column[]) => {
      const table = createByteTable()
      const relevant = setsOf(truth.columns[0]!, table)
      const lists = listsOf(predictions[0]!, table)
      // Row + 1 where an item is relevant in it, and where it was seen.
      const isRelevant = new Int32Array(table.size)
      const isSeen = new Int32Array(table.size)
      return weightedMean(lists.codes.length, truth.weights, (row) => {
        const own = relevant.codes[row]!
        for (let i = relevant.starts[own]!; i < relevant.starts[own + 1]!; i++) isRelevant[relevant.items[i]!] = row + 1
        const code = lists.codes[row]!
        const items = lists.items.subarray(
          lists.starts[code],
          Math.min(lists.starts[code + 1]!, lists.starts[code]! + k),
        )
        const hits = Uint8Array.from(items, (item) => {
          const fresh = isSeen[item] !== row + 1
          isSeen[item] = row + 1
          return fresh && isRelevant[item] === row + 1 ? 1 : 0
        })
        return score(hits, relevant.starts[own + 1]! - relevant.starts[own]!, params)
      })
    }
  }
