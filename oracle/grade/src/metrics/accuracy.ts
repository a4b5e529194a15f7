/** Accuracy: the share of rows whose label, or whole set of labels, is right. */

import { weightedMean } from '../arithmetic/sum.ts'
import { ofAverages } from './averaged.ts'
import { rightRows } from './classes.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'

export const accuracy: Metric = {
  ...ofAverages,
  id: 'accuracy',
  title: 'Accuracy',
  words: 'The share of rows whose predicted label is the true one.',
  formula: 'rows with the right label ÷ rows',
  source: sklearn('accuracy_score'),
  prepare: (truth, _, columns) => (predictions) => {
    const right = rightRows(truth, predictions[0]!, columns[0]!.type === 'list')
    return weightedMean(right.length, truth.weights, (i) => right[i]!)
  },
}
