/** Kendall's tau-b: pairs of rows in the right order less those in the wrong one. Maximize, −1 to 1. SciPy `kendalltau`. Knight 1966. */

import { argsort } from '../arithmetic/argsort.ts'
import type { Metric } from './metric.ts'
import { variationOf } from './r2.ts'
import { ofColumn, regression } from './regression.ts'

export const kendall: Metric = {
  ...regression,
  id: 'kendall',
  title: 'Kendall’s tau',
  words:
    'Of the pairs of rows, how many more are in the right order than in the wrong one. Of several columns it is the mean.',
  direction: 'maximize',
  range: [-1, 1],
  best: 1,
  formula: '(right pairs − wrong pairs) ÷ √(pairs not tied in truth · pairs not tied in prediction) (tau-b)',
  source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.kendalltau.html',
  weights: false,
  prepare: ofColumn(
    (truth) => variationOf(truth, undefined, 'kendall'),
    ({ truth, predicted }) => tau(truth, predicted),
  ),
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2

function tau(x: Float64Array, y: Float64Array): number {
  const n = x.length
  // Sorted by y, and then stably by x: by x, ties by y.
  const byY = argsort(y)
  const order = argsort(Float64Array.from(byY, (row) => x[row]!)).map((place) => byY[place]!)
  const tied = (equal: (a: number, b: number) => boolean, rows: Int32Array): number => {
    let pairs = 0
    for (let from = 0; from < n; ) {
      let to = from + 1
      while (to < n && equal(rows[from]!, rows[to]!)) to++
      pairs += pairsOf(to - from)
      from = to
    }
    return pairs
  }
  const tiedX = tied((a, b) => x[a] === x[b], order)
  const tiedY = tied((a, b) => y[a] === y[b], byY)
  const tiedBoth = tied((a, b) => x[a] === x[b] && y[a] === y[b], order)
  const wrong = inversions(Float64Array.from(order, (row) => y[row]!))
  const all = pairsOf(n)
  if (all === tiedY) return Number.NaN
  const difference = all - tiedX - tiedY + tiedBoth - 2 * wrong
  return Math.max(-1, Math.min(1, difference / Math.sqrt(all - tiedX) / Math.sqrt(all - tiedY)))
}

/** How many pairs stand in descending order: by a merge sort, which `values` is left sorted by. */
function inversions(values: Float64Array<ArrayBuffer>): number {
  let from = values
  let to = new Float64Array(values.length)
  let count = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length)
      const end = Math.min(start + 2 * width, values.length)
      let [i, j] = [start, middle]
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || from[i]! <= from[j]!)) to[k] = from[i++]!
        else {
          to[k] = from[j++]!
          count += middle - i
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return count
}
