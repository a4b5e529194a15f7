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
  const items = numbered(votes.length, (at) => votes[at]!.item)
  const labelers = numbered(votes.length, (at) => votes[at]!.labeler)
  const schema = labels ? numberedAs(labels, votes) : numbered(votes.length, (at) => votes[at]!.label)
  const itemOf = items.of
  const first = new Int32Array(items.names.length + 1)
  for (const item of itemOf) first[item + 1]!++
  for (let item = 0; item < items.names.length; item++) first[item + 1]! += first[item]!
  const labelerOf = new Int32Array(votes.length)
  const labelOf = new Int32Array(votes.length)
  const next = first.slice()
  for (let at = 0; at < votes.length; at++) {
    const said = schema.of[at]!
    if (said < 0) throw new GradeError('votes_invalid', `"${votes[at]!.label}" is not one of the labels of this task.`)
    // An item has few votes: each goes to its place among those that are there.
    const by = labelers.of[at]!
    const item = itemOf[at]!
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

type Numbered = { names: string[] /** The number of each text, or -1. */; of: Int32Array }

/** Each text is looked up once: as it comes, and by its place in the order once all have come. */
function numbered(count: number, textAt: (at: number) => string): Numbered {
  const seen = new Map<string, number>()
  const of = new Int32Array(count)
  for (let at = 0; at < count; at++) {
    const text = textAt(at)
    let number = seen.get(text)
    if (number === undefined) {
      number = seen.size
      seen.set(text, number)
    }
    of[at] = number
  }
  const names = sortTexts([...seen.keys()])
  const places = new Int32Array(names.length)
  for (let place = 0; place < names.length; place++) places[seen.get(names[place]!)!] = place
  for (let at = 0; at < count; at++) of[at] = places[of[at]!]!
  return { names, of }
}

function numberedAs(labels: readonly string[], votes: readonly Vote[]): Numbered {
  const names = sortTexts([...new Set(labels)])
  const places = new Map(names.map((name, at) => [name, at]))
  return { names, of: Int32Array.from(votes, ({ label }) => places.get(label) ?? -1) }
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
