/** Log loss: how surprised the predicted probabilities are by the truth. Minimize, from 0. scikit-learn `log_loss`. */

import { naturalLog } from '../arithmetic/log.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import { CLASS_COLUMN_PARAMS, classColumns, valuesOf } from './classcolumns.ts'
import { ofProbabilities, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { oneOrClassesTrial } from './trials.ts'

/** scikit-learn 1.9 clips to the spacing of float64 at 1. */
const EPSILON = 2 ** -52

/** −ln p, p being clipped. */
export const surprise = (p: number): number => -naturalLog(Math.min(Math.max(p, EPSILON), 1 - EPSILON))

export const logLoss: Metric = {
  ...ofProbabilities,
  id: 'log_loss',
  title: 'Log loss',
  words: 'How surprised the probabilities are by the truth; lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean of −ln p, p being the probability given to the true class, clipped to [2^-52, 1 − 2^-52]',
  source: sklearn('log_loss'),
  params: CLASS_COLUMN_PARAMS,
  prepare(truth, params, columns) {
    const { places, probability } = classColumns(truth.columns[0]!, params, columns, 'log_loss')
    return (predictions) => {
      const values = valuesOf(predictions)
      return weightedMean(places.length, truth.weights, (i) => surprise(probability(values, places[i]!, i)))
    }
  },
  trial: oneOrClassesTrial,
}
