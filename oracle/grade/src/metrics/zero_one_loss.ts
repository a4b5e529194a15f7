/** Zero-one loss: the share of rows whose label is wrong. Minimize, 0 to 1. scikit-learn `zero_one_loss`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { ofAverages } from './averaged.ts'
import { rightRows } from './classes.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'

export const zeroOneLoss: Metric = {
  ...ofAverages,
  id: 'zero_one_loss',
  title: 'Zero-one loss (error rate)',
  words: 'The share of rows whose label, or whole set of labels, is not the true one. Lower is better.',
  direction: 'minimize',
  best: 0,
  formula: 'rows with a wrong label ÷ rows',
  source: sklearn('zero_one_loss'),
  prepare: (truth, _, columns) => (predictions) => {
    const right = rightRows(truth, predictions[0]!, columns[0]!.type === 'list')
    return weightedMean(right.length, truth.weights, (i) => 1 - right[i]!)
  },
}
