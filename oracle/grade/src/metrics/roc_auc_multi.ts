/** ROC AUC of several classes: each against the rest, or each pair. Maximize, 0 to 1. scikit-learn `roc_auc_score(multi_class=…)`; Hand and Till 2001. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { ColumnShape } from '../shape.ts'
import type { NumberColumn } from '../table/columns.ts'
import { areaUnderRoc } from './auc.ts'
import { CLASS_COLUMN_PARAMS, placesOfClasses } from './classcolumns.ts'
import { ofProbabilities, sklearn } from './common.ts'
import type { Metric, MetricParams, MetricTruth } from './metric.ts'
import { classesTrial } from './trials.ts'

const common = {
  ...ofProbabilities,
  minColumns: 3,
  source: sklearn('roc_auc_score'),
  trial: classesTrial,
} as const

/** Each row's class, and the weight of each class. Every class must occur. */
function placesAndSizes(truth: MetricTruth, params: MetricParams, columns: readonly ColumnShape[]) {
  const places = placesOfClasses(truth.columns[0]!, params, columns)
  const { weights } = truth
  const sizes = columns.map((_, place) =>
    compensatedSum(places.length, (i) => (places[i] === place ? (weights ? weights[i]! : 1) : 0)),
  )
  if (sizes.some((size) => size === 0))
    throw new GradeError('truth_degenerate', 'Every class with a column must occur in the rows that are graded.')
  return { places, sizes, rows: compensatedSum(sizes.length, (i) => sizes[i]!) }
}

export const rocAucOvr: Metric = {
  ...common,
  id: 'roc_auc_ovr',
  title: 'ROC AUC, one against the rest',
  words: 'For each class, how often a row of it gets a higher probability of it than a row of another class; averaged.',
  formula: 'ROC AUC of each class against all others; their mean (macro), or by the rows of each class (weighted)',
  params: {
    labels: CLASS_COLUMN_PARAMS.labels,
    average: {
      kind: 'choice',
      choices: ['macro', 'weighted'],
      default: 'macro',
      words: 'macro: each class counts alike. weighted: by its rows.',
    },
  },
  prepare(truth, params, columns) {
    const { places, sizes, rows } = placesAndSizes(truth, params, columns)
    const flags = columns.map((_, place) => Uint8Array.from(places, (own) => (own === place ? 1 : 0)))
    return (predictions) => {
      const area = (place: number): number =>
        areaUnderRoc((predictions[place] as NumberColumn).values, flags[place]!, truth.weights)
      if (params.average === 'macro') return compensatedSum(columns.length, area) / columns.length
      return compensatedSum(columns.length, (place) => sizes[place]! * area(place)) / rows
    }
  },
}

export const rocAucOvo: Metric = {
  ...common,
  id: 'roc_auc_ovo',
  title: 'ROC AUC, one against one',
  words: 'For each pair of classes, how well a score separates their rows; averaged, so that rare classes count.',
  formula:
    'for each pair of classes, on their rows alone, the mean of the two ROC AUCs; the mean over pairs, or by the rows of each pair (weighted)',
  weights: false,
  params: rocAucOvr.params,
  prepare(truth, params, columns) {
    const { places, sizes } = placesAndSizes(truth, params, columns)
    const rowsOf = columns.map((_, place) => Int32Array.from([...places.keys()].filter((i) => places[i] === place)))
    const pairs = columns.flatMap((_, a) => columns.slice(a + 1).map((_, more) => [a, a + 1 + more] as const))
    return (predictions) => {
      const values = predictions.map((column) => (column as NumberColumn).values)
      const area = ([a, b]: readonly [number, number]): number => {
        const one = rowsOf[a]!
        const two = rowsOf[b]!
        const flags = new Uint8Array(one.length + two.length).fill(1, 0, one.length)
        const scores = (place: number): Float64Array => {
          const picked = new Float64Array(flags.length)
          for (let i = 0; i < one.length; i++) picked[i] = values[place]![one[i]!]!
          for (let i = 0; i < two.length; i++) picked[one.length + i] = values[place]![two[i]!]!
          return picked
        }
        return (
          (areaUnderRoc(scores(a), flags) +
            areaUnderRoc(
              scores(b),
              flags.map((flag) => 1 - flag),
            )) /
          2
        )
      }
      if (params.average === 'macro') return compensatedSum(pairs.length, (i) => area(pairs[i]!)) / pairs.length
      const size = (i: number): number => sizes[pairs[i]![0]]! + sizes[pairs[i]![1]]!
      return compensatedSum(pairs.length, (i) => size(i) * area(pairs[i]!)) / compensatedSum(pairs.length, size)
    }
  },
}
