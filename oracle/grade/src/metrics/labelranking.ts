/** What metrics of label ranking share: a score for each label in the submission, 0 or 1 for each in the truth. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { valuesOf } from './classcolumns.ts'
import type { Metric } from './metric.ts'

export const ofLabelRanking = {
  version: 1,
  family: 'multilabel',
  truthTypes: ['integer'],
  truthColumns: 'each',
  columnTypes: ['number', 'integer', 'probability'],
  minColumns: 2,
  maxColumns: 1000,
  independent: true,
  weights: true,
  params: {},
} as const satisfies Partial<Metric>

/** The mean over rows of a score of one row's labels. */
export const meanOfRows =
  (metric: string, score: (scores: Float64Array, labels: Float64Array) => number): Metric['prepare'] =>
  (truth) => {
    const labels = valuesOf(truth.columns)
    if (labels.some((values) => values.some((value) => value !== 0 && value !== 1)))
      throw new GradeError('truth_degenerate', `${metric} needs a truth of 0 and 1 in each column.`)
    return (predictions) => {
      const scores = valuesOf(predictions)
      const own = new Float64Array(scores.length)
      const is = new Float64Array(scores.length)
      return weightedMean(labels[0]!.length, truth.weights, (i) => {
        for (let k = 0; k < scores.length; k++) {
          own[k] = scores[k]![i]!
          is[k] = labels[k]![i]!
        }
        return score(own, is)
      })
    }
  }

/** How many of some labels score at least as high. */
export function atLeast(scores: Float64Array, score: number, counts: (k: number) => boolean): number {
  let count = 0
  for (let k = 0; k < scores.length; k++) if (scores[k]! >= score && counts(k)) count++
  return count
}
