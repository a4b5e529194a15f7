/** D² of log loss and of the Brier score: the share of the loss of stating each class's frequency that is saved. Maximize, up to 1. scikit-learn `d2_log_loss_score`, `d2_brier_score`. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { brierOfRow } from './brier_score.ts'
import { CLASS_COLUMN_PARAMS, type ClassColumns, classColumns, valuesOf } from './classcolumns.ts'
import { ofProbabilities, sklearn } from './common.ts'
import { surprise } from './log_loss.ts'
import type { Metric } from './metric.ts'
import { oneOrClassesTrial } from './trials.ts'

type RowLoss = (of: ClassColumns, values: readonly Float64Array[], i: number) => number

const common = { ...ofProbabilities, range: [null, 1], params: CLASS_COLUMN_PARAMS, trial: oneOrClassesTrial } as const

const prepare =
  (metric: string, loss: RowLoss): Metric['prepare'] =>
  (truth, params, columns) => {
    const of = classColumns(truth.columns[0]!, params, columns, metric)
    const { places, classes } = of
    const { weights } = truth
    const mean = (term: (i: number) => number): number => weightedMean(places.length, weights, term)
    const shares = Float64Array.from({ length: classes }, (_, place) => mean((i) => (places[i] === place ? 1 : 0)))
    // The frequencies as a prediction of one row, for every row.
    const frequencies: ClassColumns = { ...of, probability: (_, place) => shares[place]! }
    const without = mean((i) => loss(frequencies, [], i))
    if (!(compensatedSum(classes, (place) => (shares[place]! > 0 ? 1 : 0)) > 1))
      throw new GradeError('truth_degenerate', `${metric} needs at least two classes in the rows that are graded.`)
    return (predictions) => {
      const values = valuesOf(predictions)
      return 1 - mean((i) => loss(of, values, i)) / without
    }
  }

export const d2LogLoss: Metric = {
  ...common,
  id: 'd2_log_loss',
  title: 'D² of log loss',
  words: 'The share of the log loss of stating each class’s frequency that is saved: 1 is perfect, 0 no better.',
  formula: '1 − log loss ÷ log loss of the classes’ frequencies',
  source: sklearn('d2_log_loss_score'),
  prepare: prepare('d2_log_loss', ({ places, probability }, values, i) => surprise(probability(values, places[i]!, i))),
}

export const d2Brier: Metric = {
  ...common,
  id: 'd2_brier',
  title: 'D² of the Brier score',
  words: 'The share of the Brier score of stating each class’s frequency that is saved: 1 is perfect, 0 no better.',
  formula: '1 − Brier score ÷ Brier score of the classes’ frequencies',
  source: sklearn('d2_brier_score'),
  prepare: prepare('d2_brier', brierOfRow),
}
