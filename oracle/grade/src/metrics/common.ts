/** What metrics of a family share, so that a metric's own file holds only what is its own. */

import { compensatedSum } from '../arithmetic/sum.ts'
import type { Column } from '../table/columns.ts'
import type { Metric, MetricTruth, Scorer } from './metric.ts'

/** Classes: one label or whole number for each row. */
export const ofClasses = {
  version: 1,
  family: 'classes',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  truthTypes: ['label', 'integer'],
  truthColumns: 'one',
  columnTypes: ['label', 'integer'],
  maxColumns: 1,
  weights: true,
  params: {},
} as const satisfies Partial<Metric>

/** A score of the positive class for each row. */
export const ofScores = {
  ...ofClasses,
  family: 'probabilities',
  columnTypes: ['number', 'probability', 'integer'],
} as const satisfies Partial<Metric>

/** Probabilities of classes, in one column or one for each class. */
export const ofProbabilities = {
  ...ofClasses,
  family: 'probabilities',
  columnTypes: ['probability'],
  maxColumns: 1000,
} as const satisfies Partial<Metric>

/** Each column of the submission scored against the truth's column of that place; the mean of all, or by `shares`. */
export function meanOfColumns(
  truth: MetricTruth,
  prepare: (column: Column, place: number) => (predicted: Column) => number,
  shares?: readonly number[],
): Scorer {
  const scorers = truth.columns.map(prepare)
  if (scorers.length === 1) return (predictions) => scorers[0]!(predictions[0]!)
  return (predictions) => {
    const share = (i: number): number => (shares ? shares[i]! : 1)
    const total = compensatedSum(scorers.length, share)
    return compensatedSum(scorers.length, (i) => share(i) * scorers[i]!(predictions[i]!)) / total
  }
}

/** The documentation of a function of scikit-learn. */
export const sklearn = (name: string): string =>
  `https://scikit-learn.org/stable/modules/generated/sklearn.metrics.${name}.html`
