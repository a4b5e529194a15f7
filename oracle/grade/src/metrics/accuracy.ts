/** Accuracy: the share of rows whose label is right. */

import { classesOf } from './classes.ts'
import type { Metric } from './metric.ts'

export const accuracy: Metric = {
  id: 'accuracy',
  version: 1,
  title: 'Accuracy',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula: 'rows with the right label ÷ rows',
  truthTypes: ['label', 'integer'],
  columnTypes: ['label', 'integer'],
  maxColumns: 1,
  params: [],
  prepare: (truth) => (predictions) => {
    const { truth: t, predicted: p } = classesOf(truth, predictions[0]!)
    let right = 0
    for (let i = 0; i < t.length; i++) if (t[i] === p[i]) right++
    return right / t.length
  },
}
