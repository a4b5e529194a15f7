/** Log loss: how surprised the predicted probabilities are by the truth. */

import type { Column, NumberColumn } from '../columns.ts'
import { GradeError } from '../errors.ts'
import { naturalLog } from '../log.ts'
import type { ColumnShape } from '../shape.ts'
import { compensatedSum } from '../sum.ts'
import { positives } from './binary.ts'
import { truthClasses } from './classes.ts'
import type { Metric, MetricParams, Scorer } from './metric.ts'

/** scikit-learn 1.9 clips to the spacing of float64 at 1. */
const EPSILON = 2 ** -52

const surprise = (p: number): number => -naturalLog(Math.min(Math.max(p, EPSILON), 1 - EPSILON))

export const logLoss: Metric = {
  id: 'log_loss',
  version: 1,
  title: 'Log loss',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean of −ln p, p being the probability given to the true class, clipped to [2^-52, 1 − 2^-52]',
  truthTypes: ['label', 'integer'],
  columnTypes: ['probability'],
  maxColumns: 1000,
  params: ['posLabel', 'labels'],
  prepare: (truth, params, columns) =>
    columns.length === 1 ? oneColumn(truth, params) : columnPerClass(truth, params, columns),
}

function oneColumn(truth: Column, params: MetricParams): Scorer {
  if (params.labels) throw new GradeError('params_invalid', 'labels is for one column per class; here is one column.')
  const positive = positives(truth, params, 'log_loss with one column')
  return (predictions) => {
    const { values } = predictions[0] as NumberColumn
    const term = (i: number): number => surprise(positive[i] === 1 ? values[i]! : 1 - values[i]!)
    return compensatedSum(values.length, term) / values.length
  }
}

function columnPerClass(truth: Column, params: MetricParams, columns: readonly ColumnShape[]): Scorer {
  if (params.posLabel !== undefined) throw new GradeError('params_invalid', 'posLabel is for a single column.')
  const labels = params.labels?.map(String) ?? columns.map((column) => column.name)
  if (labels.length !== columns.length || new Set(labels).size < labels.length) {
    throw new GradeError(
      'params_invalid',
      'labels must name one class for each probability column, and each only once.',
    )
  }
  const { texts, places } = truthClasses(truth)
  const columnOf = texts.map((text) => labels.indexOf(text))
  if (columnOf.includes(-1)) {
    throw new GradeError(
      'truth_degenerate',
      'The truth has a class without a probability column. Name the classes in labels.',
    )
  }
  // More columns may be there than classes: not of the type of `places`.
  const chosen = new Int32Array(places.length)
  for (let i = 0; i < places.length; i++) chosen[i] = columnOf[places[i]!]!
  return (predictions) => {
    const values = predictions.map((column) => (column as NumberColumn).values)
    return compensatedSum(chosen.length, (i) => surprise(values[chosen[i]!]![i]!)) / chosen.length
  }
}
