/** What labelers said about items, in the form that every aggregation reads: indices in fixed orders, so that results are equal to the bit. */

import { compareUtf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'

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
  const items = numbered(votes.map((vote) => vote.item))
  const labelers = numbered(votes.map((vote) => vote.labeler))
  const schema = numbered(labels ?? votes.map((vote) => vote.label))
  const itemOf = new Int32Array(votes.length)
  for (let at = 0; at < votes.length; at++) itemOf[at] = items.of.get(votes[at]!.item)!
  const first = new Int32Array(items.names.length + 1)
  for (const item of itemOf) first[item + 1]!++
  for (let item = 0; item < items.names.length; item++) first[item + 1]! += first[item]!
  const labelerOf = new Int32Array(votes.length)
  const labelOf = new Int32Array(votes.length)
  const next = first.slice()
  votes.forEach(({ labeler, label }, at) => {
    const said = schema.of.get(label)
    if (said === undefined) throw new GradeError('votes_invalid', `"${label}" is not one of the labels of this task.`)
    // An item has few votes: each goes to its place among those that are there.
    const by = labelers.of.get(labeler)!
    const item = itemOf[at]!
    let place = next[item]!++
    for (; place > first[item]! && labelerOf[place - 1]! >= by; place--) {
      if (labelerOf[place - 1] === by) {
        throw new GradeError('votes_invalid', `${labeler} labeled item "${items.names[item]}" twice.`)
      }
      labelerOf[place] = labelerOf[place - 1]!
      labelOf[place] = labelOf[place - 1]!
    }
    labelerOf[place] = by
    labelOf[place] = said
  })
  return { items: items.names, labelers: labelers.names, labels: schema.names, labelerOf, labelOf, first }
}

function numbered(texts: readonly string[]): { names: string[]; of: Map<string, number> } {
  const names = sortTexts([...new Set(texts)])
  return { names, of: new Map(names.map((name, at) => [name, at])) }
}

/** By UTF-8 bytes. Where every text is ASCII, JavaScript's own order is the same and needs no bytes. */
function sortTexts(texts: string[]): string[] {
  return texts.every((text) => /^[\0-\x7f]*$/.test(text)) ? texts.sort() : texts.sort(compareUtf8)
}

/** The item of each vote, length `n`. */
export function itemOfVote({ first, items, labelOf }: Votes): Int32Array {
  const itemOf = new Int32Array(labelOf.length)
  for (let item = 0; item < items.length; item++) itemOf.fill(item, first[item], first[item + 1])
  return itemOf
}
