/** Kendall's tau of orders, over the pairs of all rows together. Maximize, −1 to 1. AI4Code on Kaggle; of a row SciPy `kendalltau`. */

import { GradeError } from '../errors.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'

export const orderKendall: Metric = {
  version: 1,
  family: 'ranking',
  id: 'order_kendall',
  title: 'Kendall’s tau of orders',
  words: 'How far items are put into their true order: of all pairs of a row, how many more are right than wrong.',
  direction: 'maximize',
  range: [-1, 1],
  best: 1,
  formula: '1 − 4 · Σ over rows of wrong pairs ÷ Σ over rows of n·(n − 1), n being the items of the row',
  source: 'https://www.kaggle.com/competitions/AI4Code/overview/evaluation',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  params: {},
  prepare(truth) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const places = Array.from({ length: rows }, (_, row) => placesOf(itemsOf(truth.columns[0]!, row)))
    if (places.some((one) => one === undefined))
      throw new GradeError('truth_degenerate', 'order_kendall needs a truth in which no row has an item twice.')
    let most = 0
    for (const one of places) most += one!.size * (one!.size - 1)
    if (most === 0) throw new GradeError('truth_degenerate', 'order_kendall needs a row with two items.')
    return (predictions) => {
      let wrong = 0
      for (let row = 0; row < rows; row++) wrong += inversions(itemsOf(predictions[0]!, row), places[row]!)
      return 1 - (4 * wrong) / most
    }
  },
  trial: (truth) => ({
    perfect: (rank) => [itemsOf(truth.columns[0]!, rank).join(' ')],
    // Every row has items of its own, so nothing is the same for each and a permutation of all: it has no score.
    constant: [''],
  }),
}

function itemsOf(column: Column, row: number): string[] {
  const { codes, labels } = column as LabelColumn
  const text = entryText(labels, codes[row]!)
  return text === '' ? [] : text.split(' ')
}

/** Where each item stands; undefined where one occurs twice. */
function placesOf(items: readonly string[]): Map<string, number> | undefined {
  const places = new Map(items.map((item, at) => [item, at]))
  return places.size === items.length ? places : undefined
}

/** Pairs in the wrong order; NaN unless these are the items of the truth, each once. */
function inversions(items: readonly string[], places: ReadonlyMap<string, number>): number {
  if (items.length !== places.size || new Set(items).size !== items.length) return Number.NaN
  // A tree of partial sums: how many of the items so far stand behind.
  const counts = new Int32Array(items.length + 1)
  let wrong = 0
  for (const [seen, item] of items.entries()) {
    const place = places.get(item)
    if (place === undefined) return Number.NaN
    let before = 0
    for (let at = place; at > 0; at -= at & -at) before += counts[at]!
    wrong += seen - before
    for (let at = place + 1; at <= items.length; at += at & -at) counts[at]!++
  }
  return wrong
}
