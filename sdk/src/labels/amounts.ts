/** How large a batch is, and for how many labels money is set aside, unless the maker says it. No dependency: forms compute while somebody types. */

import { BATCHES } from '../create/batches.ts'

export type LabelsPayout = 'per_unit' | 'earnings'

export { BATCHES }

const BATCH = 10

/** Items of a full batch. */
export const defaultBatch = (items: number, overlap: number): number =>
  Math.max(1, Math.min(BATCH, items, Math.floor((items * overlap) / BATCHES)))

/** How many labels the prize pays for. */
export function labelsPromised(
  payout: LabelsPayout,
  { items, overlap, batch }: { items: number; overlap: number; batch: number },
): number {
  const labels = items * overlap
  return payout === 'earnings' ? labels : Math.max(labels, batch * BATCHES)
}

/** Few items in large batches: the least that can be locked is more than all the labels earn. */
export const locksMore = ({ items, overlap, batch }: { items: number; overlap: number; batch: number }): boolean =>
  items * overlap < batch * BATCHES

/**
 * The part of full batches that have no known item, and so are accepted whatever they say. Oracles lease each its share of the known items,
 * rounded down or up: with a share of 2.4 all have some, with 0.4 two of five. What is left over at the end can have none in any case.
 */
export const unjudgedBatches = ({ items, known, batch }: { items: number; known: number; batch: number }): number =>
  Math.max(0, 1 - (known * batch) / items)

/** More than this is worth a warning. */
export const UNJUDGED_TOO_OFTEN = 0.05

/** Batches in which every item gets its labelers. */
export const batchesNeeded = ({ items, overlap, batch }: { items: number; overlap: number; batch: number }): number =>
  Math.ceil((items * overlap) / batch)

/** Answers that have to be right. */
export const rightAnswers = ({ questions, minAccuracy }: { questions: number; minAccuracy: number }): number =>
  Math.min(questions, Math.max(1, Math.ceil(questions * minAccuracy - 1e-9)))

/** The chance that whoever guesses among so many answers passes a quiz in one of its tries. */
export function guessedQuiz(of: { questions: number; minAccuracy: number; tries: number; choices: number }): number {
  const { questions, tries, choices } = of
  const p = 1 / Math.max(1, choices)
  let chance = 0
  for (let right = rightAnswers(of); right <= questions; right++) {
    let ways = 1
    for (let at = 0; at < right; at++) ways = (ways * (questions - at)) / (at + 1)
    chance += ways * p ** right * (1 - p) ** (questions - right)
  }
  return 1 - (1 - Math.min(1, chance)) ** tries
}

/** More than this, and the quiz says little about whoever passes it. */
export const GUESSED_TOO_OFTEN = 0.05
