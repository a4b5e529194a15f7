/** Shapes of two local files from their headers: first column the id, second the value, unless names are given. */

import { headerNames } from './csv/header.ts'
import { GradeError } from './errors.ts'
import type { Metric } from './metrics/metric.ts'
import type { SubmissionShape, TruthShape } from './shape.ts'

export interface ColumnChoice {
  id?: string | undefined
  value?: string | undefined
  prediction?: string | undefined
  usage?: string | undefined
}

/** Throws `shape_invalid` where the truth has no second column. */
export function truthPlan(metric: Metric, truth: Uint8Array, { id, value, usage }: ColumnChoice): TruthShape {
  const names = headerNames(truth)
  const idColumn = id ?? names[0]
  const valueColumn = value ?? names.find((name) => name !== idColumn && name !== usage)
  if (idColumn === undefined || valueColumn === undefined) {
    throw new GradeError('shape_invalid', 'The truth needs a header with at least an id column and a value column.')
  }
  return {
    idColumn,
    valueColumn,
    type: metric.truthTypes[0]!,
    ...(usage !== undefined && { usageColumn: usage }),
    extraColumns: 'ignore',
    // The truth is the caller's own file: only memory limits it.
    maxBytes: truth.length,
  }
}

/** A column that is not there is given the truth's name, so that the strict check tells what is missing. */
export function submissionPlan(
  metric: Metric,
  truth: TruthShape,
  submission: Uint8Array,
  { id, value, prediction }: ColumnChoice,
): SubmissionShape {
  const names = headerNames(submission)
  const idColumn = id ?? names[0] ?? truth.idColumn
  const named = prediction ?? (names.includes(value ?? '') ? value : undefined)
  const others = [...new Set(names.filter((name) => name !== idColumn))]
  // Several columns are read only by a metric that can; what is beyond the second is for the strict check to refuse.
  const predictions = named !== undefined ? [named] : others.slice(0, metric.maxColumns)
  const type = metric.columnTypes[0]!
  const columns = (predictions.length > 0 ? predictions : [truth.valueColumn]).map((name) => ({ name, type }))
  return { idColumn, columns, extraColumns: named !== undefined ? 'ignore' : 'refuse' }
}
