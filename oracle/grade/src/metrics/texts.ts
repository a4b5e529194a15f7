/** What metrics of texts share: pairs of a true and a predicted text, row by row. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric, MetricParams } from './metric.ts'

export const ofTexts = {
  version: 1,
  family: 'text',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  truthTypes: ['text'],
  truthColumns: 'one',
  columnTypes: ['text'],
  maxColumns: 1,
  weights: true,
  params: {},
} as const satisfies Partial<Metric>

/** The text of a row. */
export const textsOf = (column: Column): ((row: number) => string) => {
  const { codes, labels } = column as LabelColumn
  return (row) => entryText(labels, codes[row]!)
}

/** The mean over rows of a score of two texts. */
export const meanOfTexts =
  (score: (truth: string, predicted: string, params: MetricParams) => number): Metric['prepare'] =>
  (truth, params) => {
    const actual = textsOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      return weightedMean(rows, truth.weights, (i) => score(actual(i), guess(i), params))
    }
  }

/** Errors of all rows by the length of all true texts. Throws `truth_degenerate` where that is 0. */
export const errorsByLength =
  (
    metric: string,
    tokens: (text: string) => readonly string[],
    errors: (truth: readonly string[], guess: readonly string[]) => number,
  ): Metric['prepare'] =>
  (truth) => {
    const actual = textsOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const weight = (i: number): number => (truth.weights ? truth.weights[i]! : 1)
    const length = compensatedSum(rows, (i) => weight(i) * tokens(actual(i)).length)
    if (!(length > 0)) throw new GradeError('truth_degenerate', `${metric} needs a truth with text.`)
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      return compensatedSum(rows, (i) => weight(i) * errors(tokens(actual(i)), tokens(guess(i)))) / length
    }
  }

/** How often each n-gram occurs; items are joined by a character that no cell can hold. */
export function countGrams(items: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= items.length; i++) {
    const gram = items.slice(i, i + n).join('\u0000')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** Occurrences that two counts share. */
export function sharedGrams(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [gram, count] of a) shared += Math.min(count, b.get(gram) ?? 0)
  return shared
}

export const f1Of = (shared: number, a: number, b: number): number => (shared === 0 ? 0 : (2 * shared) / (a + b))
