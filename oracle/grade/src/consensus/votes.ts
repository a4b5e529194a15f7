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
  const [byItem, byLabeler, byLabel] = [1, 2, 3].map(() => new Numbering(votes.length)) as [
    Numbering,
    Numbering,
    Numbering,
  ]
  // In one go: going through a million objects takes longer than what is done with each.
  for (let at = 0; at < votes.length; at++) {
    const { item, labeler, label } = votes[at]!
    byItem.note(at, item)
    byLabeler.note(at, labeler)
    byLabel.note(at, label)
  }
  const items = inOrder(byItem)
  const labelers = inOrder(byLabeler)
  const schema = inOrder(byLabel, labels)
  const first = new Int32Array(items.names.length + 1)
  for (let at = 0; at < votes.length; at++) first[items.placeOf[items.of[at]!]! + 1]!++
  for (let item = 0; item < items.names.length; item++) first[item + 1]! += first[item]!
  const labelerOf = new Int32Array(votes.length)
  const labelOf = new Int32Array(votes.length)
  const next = first.slice()
  for (let at = 0; at < votes.length; at++) {
    const said = schema.placeOf[schema.of[at]!]!
    if (said < 0) throw new GradeError('votes_invalid', `"${votes[at]!.label}" is not one of the labels of this task.`)
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
