/** What an aggregation says: for each item how probable each label is, and for each labeler how good it is. */

import type { Votes } from './votes.ts'

export interface Consensus {
  /** Row-major, `items.length` × `labels.length`; each row adds up to 1. */
  readonly probabilities: Float64Array
  /** The most probable label of each item; of equally probable ones the first in the order of the labels. */
  readonly labelOf: Int32Array
  /** One number a labeler, 0 to 1: what it means is said by the function that gives it. */
  readonly quality: Float64Array
}

/** The first of the largest probabilities of each row. */
export function mostProbable(probabilities: Float64Array, { items, labels }: Votes): Int32Array {
  const best = new Int32Array(items.length)
  const count = labels.length
  for (let item = 0, row = 0; item < items.length; item++, row += count) {
    let chosen = 0
    let most = probabilities[row]!
    for (let label = 1; label < count; label++) {
      const p = probabilities[row + label]!
      if (p > most) {
        most = p
        chosen = label
      }
    }
    best[item] = chosen
  }
  return best
}

/** Divides each row of `columns` numbers by its sum; a row of zeros stays. */
export function normalizeRows(values: Float64Array, columns: number): void {
  for (let row = 0; row < values.length; row += columns) {
    let sum = 0
    for (let i = row; i < row + columns; i++) sum += values[i]!
    if (sum > 0) for (let i = row; i < row + columns; i++) values[i]! /= sum
  }
}

/** The share of each labeler's votes that say what `labelOf` says of the item; 0 for a labeler without votes. */
export function agreementWith(labelOf: Int32Array, votes: Votes): Float64Array {
  const right = new Float64Array(votes.labelers.length)
  const all = new Float64Array(votes.labelers.length)
  for (let item = 0; item < votes.items.length; item++) {
    for (let vote = votes.first[item]!; vote < votes.first[item + 1]!; vote++) {
      const labeler = votes.labelerOf[vote]!
      all[labeler]!++
      if (votes.labelOf[vote] === labelOf[item]) right[labeler]!++
    }
  }
  return right.map((count, labeler) => (all[labeler] === 0 ? 0 : count / all[labeler]!))
}
