/** What labelers said about items, in the form that every aggregation reads: indices in fixed orders, so that results are equal to the bit. */

import { GradeError } from '../errors.ts'
import { Numbering } from './numbering.ts'
import { orderOfShort, sortTexts } from './sorting.ts'

/** One label for one item by one labeler. */
export interface Vote {
  readonly item: string
  readonly labeler: string
  readonly label: string
}

/**
 * Votes sorted by item, then by labeler. Items, labelers and labels are numbered in the order of their UTF-8 bytes; of `n` votes the
 * i-th is by `labelerOf[i]` and says `labelOf[i]`; those about item `t` are `first[t] … first[t + 1] - 1`.
 */
export interface Votes {
  readonly items: readonly string[]
  readonly labelers: readonly string[]
  readonly labels: readonly string[]
  /** Length `n`. */
  readonly labelerOf: Int32Array
  /** Length `n`. */
  readonly labelOf: Int32Array
  /** Length `items.length + 1`. */
  readonly first: Int32Array
}

/**
 * Numbers the votes. `labels` may name the whole schema; without it the labels that occur are taken. Throws `GradeError`
 * `votes_invalid` for an item that one labeler labeled twice and for a label outside the schema.
 */
export function indexVotes(votes: readonly Vote[], labels?: readonly string[]): Votes {
  const collected = collectVotes(votes.length)
  // In one go: going through a million objects takes longer than what is done with each.
  for (let at = 0; at < votes.length; at++) {
    const { item, labeler, label } = votes[at]!
    collected.add(item, labeler, label)
  }
  return collected.index(labels)
}

export interface CollectedVotes {
  add(item: string, labeler: string, label: string): void
  /** As `indexVotes`. */
  index(labels?: readonly string[]): Votes
}

/** Votes that come one by one, as from a file, and are kept as three numbers each. `count`: how many will come, as far as it is known. */
export function collectVotes(count = 0): CollectedVotes {
  const byItem = new Numbering(count)
  const byLabeler = new Numbering(count)
  const byLabel = new Numbering(count)
  let added = 0
  return {
    add(item, labeler, label) {
      byItem.note(added, item)
      byLabeler.note(added, labeler)
      byLabel.note(added, label)
      added++
    },
    index: (labels) => sorted(added, byItem, byLabeler, byLabel, labels),
  }
}

function sorted(
  count: number,
  byItem: Numbering,
  byLabeler: Numbering,
  byLabel: Numbering,
  given: readonly string[] | undefined,
): Votes {
  const items = inOrder(byItem)
  const labelers = inOrder(byLabeler)
  const schema = inOrder(byLabel, given)
  const first = new Int32Array(items.names.length + 1)
  for (let at = 0; at < count; at++) first[items.placeOf[items.of[at]!]! + 1]!++
  for (let item = 0; item < items.names.length; item++) first[item + 1]! += first[item]!
  const labelerOf = new Int32Array(count)
  const labelOf = new Int32Array(count)
  const next = first.slice()
  for (let at = 0; at < count; at++) {
    const said = schema.placeOf[schema.of[at]!]!
    if (said < 0)
      throw new GradeError('votes_invalid', `"${byLabel.texts[schema.of[at]!]}" is not one of the labels of this task.`)
    // An item has few votes: each goes to its place among those that are there.
    const by = labelers.placeOf[labelers.of[at]!]!
    const item = items.placeOf[items.of[at]!]!
    let place = next[item]!++
    for (; place > first[item]! && labelerOf[place - 1]! >= by; place--) {
      if (labelerOf[place - 1] === by) {
        throw new GradeError('votes_invalid', `${labelers.names[by]} labeled item "${items.names[item]}" twice.`)
      }
      labelerOf[place] = labelerOf[place - 1]!
      labelOf[place] = labelOf[place - 1]!
    }
    labelerOf[place] = by
    labelOf[place] = said
  }
  return { items: items.names, labelers: labelers.names, labels: schema.names, labelerOf, labelOf, first }
}

/** Fewer texts take less time to sort than a radix sort to begin. */
const MANY = 1000

type Ordered = { names: string[]; of: Int32Array; placeOf: Int32Array }

/** `placeOf` a number: its text's place in the order, or -1 where it is none of the `given` ones. */
function inOrder(column: Numbering, given?: readonly string[]): Ordered {
  const { texts, of } = column
  const order = given || texts.length < MANY ? undefined : orderOfShort(texts)
  if (order) {
    const names: string[] = []
    const placeOf = new Int32Array(texts.length)
    for (let place = 0; place < order.length; place++) {
      placeOf[order[place]!] = place
      names.push(texts[order[place]!]!)
    }
    return { names, of, placeOf }
  }
  const names = sortTexts(given ? [...new Set(given)] : texts.slice())
  const placeOf = new Int32Array(texts.length).fill(-1)
  for (let place = 0; place < names.length; place++) {
    const number = column.numberOf(names[place]!)
    if (number >= 0) placeOf[number] = place
  }
  return { names, of, placeOf }
}

/** The item of each vote, length `n`. */
export function itemOfVote({ first, items, labelOf }: Votes): Int32Array {
  const itemOf = new Int32Array(labelOf.length)
  for (let item = 0; item < items.length; item++) itemOf.fill(item, first[item], first[item + 1])
  return itemOf
}
