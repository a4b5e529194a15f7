/** Brier score: the mean squared error of probabilities. Minimize, 0 to 2 (two classes: 0 to 1). scikit-learn `brier_score_loss`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { CLASS_COLUMN_PARAMS, type ClassColumns, classColumns, valuesOf } from './classcolumns.ts'
import { ofProbabilities, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { oneOrClassesTrial } from './trials.ts'

/** Σ over classes of (probability − whether it is the true one)², halved where there are two. */
export function brierOfRow(
  { places, classes, probability }: ClassColumns,
  values: readonly Float64Array[],
  i: number,
): number {
  let sum = 0
  for (let place = 0; place < classes; place++) {
    const error = probability(values, place, i) - (places[i] === place ? 1 : 0)
    sum += error * error
  }
  return classes === 2 ? sum / 2 : sum
}

export const brierScore: Metric = {
  ...ofProbabilities,
  id: 'brier_score',
  title: 'Brier score',
  words: 'The mean squared error of the probabilities. Lower is better.',
  direction: 'minimize',
  range: [0, 2],
  best: 0,
  formula: 'mean over rows of Σ (p − 1 for the true class, p for the others)²; halved for two classes',
  source: sklearn('brier_score_loss'),
  params: CLASS_COLUMN_PARAMS,
  prepare(truth, params, columns) {
    const of = classColumns(truth.columns[0]!, params, columns, 'brier_score')
    return (predictions) => {
      const values = valuesOf(predictions)
      return weightedMean(of.places.length, truth.weights, (i) => brierOfRow(of, values, i))
    }
  },
  trial: oneOrClassesTrial,
}
