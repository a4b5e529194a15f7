/** Shapes of two local files from their headers: first column the id, second the value, unless names are given. */

import { headerNames } from './csv/header.ts'
import { GradeError } from './errors.ts'
import { getMetric } from './metrics/index.ts'
import type { Metric } from './metrics/metric.ts'
import type { ColumnShape, SubmissionShape, TruthShape } from './shape.ts'

export interface ColumnChoice {
  id?: string | undefined
  value?: string | undefined
  prediction?: string | undefined
  usage?: string | undefined
}

/** Throws `metric_unknown`, or `shape_invalid` where the truth has no second column. */
export function planFromHeaders(
  metricId: string,
  truth: Uint8Array,
  submission: Uint8Array,
  choice: ColumnChoice,
): { metric: Metric; truthShape: TruthShape; shape: SubmissionShape } {
  const metric = getMetric(metricId)
  const truthNames = headerNames(truth)
  const truthId = choice.id ?? truthNames[0]
  const truthValue = choice.value ?? truthNames.find((name) => name !== truthId && name !== choice.usage)
  if (truthId === undefined || truthValue === undefined) {
    throw new GradeError('shape_invalid', 'The truth needs a header with at least an id column and a value column.')
  }
  const truthShape: TruthShape = {
    idColumn: truthId,
    valueColumn: truthValue,
    type: metric.truthTypes[0]!,
    ...(choice.usage !== undefined && { usageColumn: choice.usage }),
    extraColumns: 'ignore',
  }
  const names = headerNames(submission)
  const idColumn = choice.id ?? names[0] ?? truthId
  const named = choice.prediction ?? (names.includes(choice.value ?? '') ? choice.value : undefined)
  const others = names.filter((name) => name !== idColumn)
  // Several columns are read only by a metric that can; otherwise what is beyond the second is for the strict check to refuse.
  const predictions = named !== undefined ? [named] : metric.maxColumns > 1 ? [...new Set(others)] : others.slice(0, 1)
  const type = metric.columnTypes[0]!
  const columns: ColumnShape[] = (predictions.length > 0 ? predictions : [truthValue]).map((name) => ({ name, type }))
  const shape: SubmissionShape = { idColumn, columns, extraColumns: named !== undefined ? 'ignore' : 'refuse' }
  return { metric, truthShape, shape }
}
