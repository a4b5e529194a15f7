/** Top-k accuracy: the true class is among the k with the highest scores. Maximize, 0 to 1. scikit-learn `top_k_accuracy_score`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { CLASS_COLUMN_PARAMS, placesOfClasses, valuesOf } from './classcolumns.ts'
import { ofScores, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { classesTrial } from './trials.ts'

export const topKAccuracy: Metric = {
  ...ofScores,
  id: 'top_k_accuracy',
  title: 'Top-k accuracy',
  words: 'The share of rows whose true class is among the k classes with the highest scores.',
  formula:
    'rows with fewer than k columns above that of the true class ÷ rows; of equal scores the later column ranks first',
  source: sklearn('top_k_accuracy_score'),
  columnTypes: ['number', 'probability', 'integer'],
  minColumns: 3,
  maxColumns: 1000,
  params: {
    k: { kind: 'number', integer: true, min: 1, default: 2, words: 'How many classes count as found.' },
    labels: CLASS_COLUMN_PARAMS.labels,
  },
  prepare(truth, params, columns) {
    const k = params.k!
    if (k >= columns.length)
      throw new GradeError('params_invalid', 'k must be less than the number of columns: else every row is right.')
    const places = placesOfClasses(truth.columns[0]!, params, columns)
    return (predictions) => {
      const values = valuesOf(predictions)
      return weightedMean(places.length, truth.weights, (i) => {
        const place = places[i]!
        const score = values[place]![i]!
        let before = 0
        for (let other = 0; other < values.length; other++) {
          const value = values[other]![i]!
          if (value > score || (value === score && other > place)) before++
        }
        return before < k ? 1 : 0
      })
    }
  },
  trial: classesTrial,
}
