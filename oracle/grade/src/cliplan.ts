/**
 * Shapes of two local files from their headers, by the rules of a manifest: the first column is the id, value columns have the names that the
 * metric wants, `weight` and `group` are what their names say. A value column that is named by hand is the only one, and all others are ignored.
 */

import { headerNames } from './csv/header.ts'
import { GradeError } from './errors.ts'
import { FORMATS } from './formats/names.ts'
import { contentFormat } from './formats/payload.ts'
import type { Metric } from './metrics/metric.ts'
import type { ColumnShape, ColumnType, SubmissionShape, TruthShape } from './shape.ts'
import { columnType, RESERVED, wantedOfTruth } from './task.ts'

export interface ColumnChoice {
  id?: string | undefined
  value?: string | undefined
  prediction?: string | undefined
  usage?: string | undefined
  /** The type of the predictions, as a manifest has it. */
  type?: string | undefined
}

/** What a manifest may say of a column. */
export const MANIFEST_TYPES = ['number', 'integer', 'string', 'text', 'list', 'numbers', 'rle'] as const

/** Whether the columns of the submission say which columns of this truth are its values. */
export const needsSubmission = (metric: Metric, truth: Uint8Array, choice: ColumnChoice): boolean =>
  metric.truthColumns === 'each' && choice.value === undefined && valuesIn(headerNames(truth), choice).length > 1

/** `submission`: its bytes, where `needsSubmission`. Throws `shape_invalid` where the truth lacks a column. */
export function truthPlan(
  metric: Metric,
  truth: Uint8Array,
  choice: ColumnChoice,
  submission?: Uint8Array,
): TruthShape {
  const names = headerNames(truth)
  const idColumn = choice.id ?? names[0]
  const values = choice.value === undefined ? valuesIn(names, choice) : [choice.value]
  if (idColumn === undefined || values.length === 0) {
    throw new GradeError('shape_invalid', 'The truth needs a header with at least an id column and a value column.')
  }
  const type = typeOf(metric, choice)
  const predictedNames = submission && (isPlain(submission) ? columnsIn(headerNames(submission), idColumn) : values)
  const both = predictedNames?.filter((name) => values.includes(name))
  const predicted: ColumnShape[] = (both?.length ? both : [values[0]!]).map((name) => ({ name, type }))
  const wanted = wantedOfTruth(metric, { idColumn, columns: predicted })
  // The name of a single value is free.
  const [first, ...more] = wanted.length === 1 ? [{ ...wanted[0]!, name: predicted[0]!.name }] : wanted
  if (more.length > 0 && wanted.some(({ name }) => !names.includes(name))) {
    throw new GradeError(
      'shape_invalid',
      `A truth file for ${metric.id} has an id column and the columns ${wanted.map(({ name }) => name).join(', ')}.`,
    )
  }
  const has = (name: string): boolean =>
    choice.value === undefined && name !== choice.usage && name !== first!.name && names.includes(name)
  return {
    idColumn,
    valueColumn: first!.name,
    type: first!.type,
    ...(more.length > 0 && { moreColumns: more }),
    ...(choice.usage !== undefined && { usageColumn: choice.usage }),
    ...(has('weight') && { weightColumn: 'weight' }),
    ...(has('group') && { groupColumn: 'group' }),
    extraColumns: 'ignore',
    // The truth is the caller's own file: only memory limits it.
    maxBytes: truth.length,
  }
}

/** Whether names can be read from the first row: not so of another format that is graded. */
const isPlain = (submission: Uint8Array): boolean => {
  const format = contentFormat(submission)
  return format === 'csv' || !FORMATS.some((one) => one === format)
}

/** A column that is not there is given the truth's name, so that the strict check tells what is missing. */
export function submissionPlan(
  metric: Metric,
  truth: TruthShape,
  submission: Uint8Array,
  choice: ColumnChoice,
): SubmissionShape {
  const { id, value, prediction } = choice
  const plain = isPlain(submission)
  const values = [truth.valueColumn, ...(metric.truthColumns === 'each' ? namesOf(truth.moreColumns) : [])]
  const names = plain ? headerNames(submission) : [truth.idColumn, ...values]
  const idColumn = id ?? names[0] ?? truth.idColumn
  const named = prediction ?? (names.includes(value ?? '') ? value : undefined)
  // Several columns are read only by a metric that can; what is beyond the second is for the strict check to refuse.
  const predictions = named !== undefined ? [named] : columnsIn(names, idColumn).slice(0, metric.maxColumns)
  const type = typeOf(metric, choice)
  const columns = (predictions.length > 0 ? predictions : [truth.valueColumn]).map((name) => ({ name, type }))
  const formats = plain ? {} : { formats: FORMATS }
  return { idColumn, columns, extraColumns: named !== undefined ? 'ignore' : 'refuse', ...formats }
}

const namesOf = (columns: readonly { name: string }[] = []): string[] => columns.map(({ name }) => name)

const columnsIn = (names: readonly string[], idColumn: string): string[] => [
  ...new Set(names.filter((name) => name !== idColumn)),
]

/** The columns of a truth that may be values. */
const valuesIn = (names: readonly string[], { id = names[0]!, usage }: ColumnChoice): string[] =>
  columnsIn(names, id).filter((name, at) => name !== usage && (at === 0 || !RESERVED.includes(name)))

function typeOf(metric: Metric, { type }: ColumnChoice): ColumnType {
  const given = MANIFEST_TYPES.find((one) => one === type)
  return given === undefined ? metric.columnTypes[0]! : columnType(given, metric)
}
