/** Where the confusion matrices of all labelers are kept: the rows of them that votes ask for. */

import type { Votes } from './votes.ts'

/**
 * One row for each pair of a labeler and a label that it gave, sorted by both; other pairs are never looked up, so that a million
 * labelers with two labels each take no more room than their votes.
 */
export interface Rows {
  /** Where the row of each vote begins. */
  readonly at: Int32Array
  readonly labelerOf: Int32Array
  readonly saidOf: Int32Array
}

export function confusionRows(votes: Votes): Rows {
  const count = votes.labels.length
  const all = votes.labelers.length * count
  const { pairs, at } = all <= MOST_OF_VOTES * votes.labelOf.length ? marked(votes, all) : sorted(votes)
  return {
    at,
    labelerOf: Int32Array.from(pairs, (key) => Math.floor(key / count)),
    saidOf: Int32Array.from(pairs, (key) => key % count),
  }
}

/** Where all pairs that could be take no more room than so many times the votes, each has a place. */
const MOST_OF_VOTES = 8

/** `at`: of each vote, its pair's place times the number of labels. */
type Pairs = { pairs: Float64Array; at: Int32Array }

function marked({ labelerOf, labelOf, labels }: Votes, all: number): Pairs {
  const count = labels.length
  const place = new Int32Array(all)
  for (let vote = 0; vote < labelOf.length; vote++) place[labelerOf[vote]! * count + labelOf[vote]!] = 1
  let found = 0
  const pairs = new Float64Array(Math.min(all, labelOf.length))
  for (let key = 0; key < all; key++) {
    if (place[key] === 0) continue
    place[key] = found * count
    pairs[found++] = key
  }
  const at = new Int32Array(labelOf.length)
  for (let vote = 0; vote < at.length; vote++) at[vote] = place[labelerOf[vote]! * count + labelOf[vote]!]!
  return { pairs: pairs.slice(0, found), at }
}

function sorted({ labelerOf, labelOf, labels }: Votes): Pairs {
  const count = labels.length
  const keys = Float64Array.from(labelerOf, (labeler, vote) => labeler * count + labelOf[vote]!)
  const inOrder = keys.toSorted()
  const pairs = inOrder.filter((key, nth) => nth === 0 || key !== inOrder[nth - 1])
  return { pairs, at: Int32Array.from(keys, (key) => firstNotBelow(pairs, key) * count) }
}

/** Where the first number that is not below stands in a sorted list, by bisection. */
export function firstNotBelow(sorted: Int32Array | Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
