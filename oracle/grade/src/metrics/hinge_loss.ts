/** Hinge loss of decision values. Minimize, from 0. scikit-learn `hinge_loss`; Crammer and Singer 2001 for several classes. */

import { weightedMean } from '../arithmetic/sum.ts'
import type { NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { CLASS_COLUMN_PARAMS, placesOfClasses, valuesOf } from './classcolumns.ts'
import { ofScores, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { oneOrClassesTrial } from './trials.ts'

export const hingeLoss: Metric = {
  ...ofScores,
  id: 'hinge_loss',
  title: 'Hinge loss',
  words: 'By how much decision values miss a margin of 1 on the right side. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula:
    'mean of max(0, 1 − y·s), y being 1 for the positive class and −1 for the other; with several columns of max(0, 1 − s of the true class + largest other s)',
  source: sklearn('hinge_loss'),
  maxColumns: 1000,
  params: CLASS_COLUMN_PARAMS,
  prepare(truth, params, columns) {
    const column = truth.columns[0]!
    if (columns.length === 1) {
      const positive = positives(column, params, 'hinge_loss')
      return (predictions) => {
        const { values } = predictions[0] as NumberColumn
        return weightedMean(values.length, truth.weights, (i) =>
          Math.max(0, 1 - (positive[i] === 1 ? values[i]! : -values[i]!)),
        )
      }
    }
    const places = placesOfClasses(column, params, columns)
    return (predictions) => {
      const values = valuesOf(predictions)
      return weightedMean(places.length, truth.weights, (i) => {
        let other = Number.NEGATIVE_INFINITY
        for (let place = 0; place < values.length; place++)
          if (place !== places[i]) other = Math.max(other, values[place]![i]!)
        return Math.max(0, 1 - values[places[i]!]![i]! + other)
      })
    }
  },
  trial(truth, params, shape) {
    const { perfect, constant } = oneOrClassesTrial(truth, params, shape)
    return { perfect: (rank) => perfect(rank).map((x) => Number(x) * 2 - 1), constant: constant.map(() => 0) }
  },
}
