/** Probabilities of classes: one column for the positive class of two, or a column for each class. */

import { GradeError } from '../errors.ts'
import type { ColumnShape } from '../shape.ts'
import type { Column, NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { truthClasses } from './classes.ts'
import type { MetricParams } from './metric.ts'
import type { ParamSpecs } from './paramspec.ts'

export const CLASS_COLUMN_PARAMS = {
  posLabel: { kind: 'label', words: 'With one column: the positive class; the greater of the two labels if absent.' },
  labels: { kind: 'labels', words: 'With several columns: the class of each column; its name if absent.' },
} as const satisfies ParamSpecs

/** Which column is that of each row's true class. */
export interface ClassColumns {
  /** Of each row; with one column 1 for the positive class. */
  readonly places: Int32Array | Uint8Array
  readonly classes: number
  /** The probability of class `place` in row `i`, of the predictions. */
  probability(values: readonly Float64Array[], place: number, i: number): number
}

/** Throws `truth_degenerate` for a truth with a class that has no column, `params_invalid` for labels that do not fit. */
export function classColumns(
  truth: Column,
  params: MetricParams,
  columns: readonly ColumnShape[],
  metric: string,
): ClassColumns {
  if (columns.length === 1) {
    if (params.labels) throw new GradeError('params_invalid', 'labels is for one column per class; here is one column.')
    return {
      places: positives(truth, params, `${metric} with one column`),
      classes: 2,
      probability: (values, place, i) => (place === 1 ? values[0]![i]! : 1 - values[0]![i]!),
    }
  }
  if (params.posLabel !== undefined) throw new GradeError('params_invalid', 'posLabel is for a single column.')
  return {
    places: placesOfClasses(truth, params, columns),
    classes: columns.length,
    probability: (values, place, i) => values[place]![i]!,
  }
}

/** The column of each row's true class. */
export function placesOfClasses(truth: Column, params: MetricParams, columns: readonly ColumnShape[]): Int32Array {
  const labels = params.labels?.map(String) ?? columns.map((column) => column.name)
  if (labels.length !== columns.length || new Set(labels).size < labels.length) {
    throw new GradeError('params_invalid', 'labels must name one class for each column, and each only once.')
  }
  const { texts, places } = truthClasses(truth)
  const columnOf = texts.map((text) => labels.indexOf(text))
  if (columnOf.includes(-1)) {
    throw new GradeError('truth_degenerate', 'The truth has a class without a column. Name the classes in labels.')
  }
  // More columns may be there than classes: not of the type of `places`.
  const chosen = new Int32Array(places.length)
  for (let i = 0; i < places.length; i++) chosen[i] = columnOf[places[i]!]!
  return chosen
}

export const valuesOf = (predictions: readonly Column[]): Float64Array[] =>
  predictions.map((column) => (column as NumberColumn).values)
