/** Reads a submission against a truth or against its shape alone. */

import { isModelFormat, MODEL_NAMES, type ModelFormat, modelFormatOf } from './formats/names.ts'
import { checkGraph, predictGraph } from './onnx/predict.ts'
import { addProblem, createProblems, isEnough, type Problems } from './problems.ts'
import { predict, refusedModel } from './program/model.ts'
import type { ModelRows, Predicted } from './program/rows.ts'
import { foldLong } from './read/long.ts'
import { type ReadTable, readTable } from './read/read.ts'
import { LIMITS, type LongShape, type ModelShape, type SubmissionShape } from './shape.ts'
import { type ByteTable, PROCESS_SEED } from './table/bytetable.ts'
import type { IdIndex } from './table/ids.ts'

export interface SubmissionContext {
  /** The ids that it must have. */
  index?: IdIndex
  /** The truth's labels, whose codes must stay the same. */
  labels?: ByteTable
  seed?: number
  /** What models get; without it a model is looked at, but not run. */
  rows?: ModelRows
}

/** Everything that is wrong is in `problems` afterwards; the table is of use for grading only if there is nothing. */
export function readSubmission(
  bytes: Uint8Array,
  shape: SubmissionShape,
  context: SubmissionContext,
  problems: Problems,
): ReadTable | undefined {
  if (shape.model) return readModel(bytes, { ...shape, model: shape.model }, context, problems)
  if (shape.long) return readLong(bytes, { ...shape, long: shape.long }, context, problems)
  const { index, labels, seed = PROCESS_SEED } = context
  const plan = {
    idColumn: shape.idColumn,
    columns: shape.columns,
    extraColumns: shape.extraColumns ?? 'refuse',
    maxBytes: shape.maxBytes ?? LIMITS.maxBytes,
    seed,
    explain: true,
    independent: shape.independent ?? false,
    ...(shape.formats && { formats: shape.formats }),
    ...(index && { index }),
    ...(labels && { labels }),
  }
  const table = readTable(bytes, plan, problems)
  if (!table) return undefined
  if (isEnough(problems)) return table
  if (index && table.matched < index.size) {
    addProblem(
      problems,
      'missing_id',
      null,
      shape.idColumn,
      `${index.size - table.matched} of ${index.size} are missing.`,
    )
  } else if (!index && shape.rows !== undefined && table.rows !== shape.rows) {
    addProblem(problems, 'wrong_row_count', null, null, `It has ${table.rows}, the challenge asks for ${shape.rows}.`)
  }
  return table
}

/** The records of each id as one cell, read as a file that has them so. */
function readLong(
  bytes: Uint8Array,
  shape: SubmissionShape & { long: LongShape },
  context: SubmissionContext,
  problems: Problems,
): ReadTable | undefined {
  const folded = foldLong(bytes, shape, problems)
  if (!folded) return undefined
  const found = createProblems(problems.max, { firstOnly: problems.firstOnly })
  const { long: _, maxBytes: __, ...table } = shape
  const read = readSubmission(folded.csv, { ...table, maxBytes: folded.csv.length }, context, found)
  // A row of the folded file is all rows of an id: the first of them is told.
  for (const { reason, row, column, message: ___, code: ____, ...explained } of found.list)
    addProblem(problems, reason, row === null ? null : (folded.rows[row - 2] ?? null), column, '', () => explained)
  return read
}

/** A model's predictions, read as a file of predictions is. */
function readModel(
  bytes: Uint8Array,
  shape: SubmissionShape & { model: ModelShape },
  { rows, ...context }: SubmissionContext,
  problems: Problems,
): ReadTable | undefined {
  const { maxBytes = LIMITS.maxBytes } = shape
  if (bytes.length > maxBytes) {
    addProblem(problems, 'file_too_large', null, null, `It has ${bytes.length} bytes, the limit is ${maxBytes}.`)
    return undefined
  }
  const format = modelFormatOf(bytes)
  const taken = shape.formats?.filter(isModelFormat) ?? []
  if (!format || !taken.includes(format)) {
    const names = taken.map((one) => MODEL_NAMES[one]).join(', or ')
    addProblem(problems, 'wrong_format', null, null, `What is taken is ${names}.`)
    return undefined
  }
  const predicted = rows ? predictOnce(bytes, format, rows, shape) : refusedOf(bytes, format, shape)
  if (!predicted) return undefined
  if ('reason' in predicted) {
    addProblem(problems, predicted.reason, null, null, predicted.detail)
    return undefined
  }
  // What is wrong with a prediction is told without its row: the rows are sealed, and a model could choose where it goes wrong.
  const found = createProblems(1, { firstOnly: true })
  const { model: _, formats: __, maxBytes: ___, long: ____, ...table } = shape
  const read = readSubmission(predicted.csv, table, context, found)
  const [first] = found.list
  if (first) addProblem(problems, first.reason, null, first.column)
  return first ? undefined : read
}

/** What the last run of a model took; undefined where it ended without predictions. */
export function stepsTaken(bytes: Uint8Array): number | undefined {
  const predicted = ran.get(bytes)?.predicted
  return predicted && 'fuel' in predicted ? Number(predicted.fuel) : undefined
}

/** Public and private rows are graded one after the other, by one run over all of them. */
const ran = new WeakMap<Uint8Array, { rows: ModelRows; predicted: Predicted }>()

function predictOnce(
  bytes: Uint8Array,
  format: ModelFormat,
  rows: ModelRows,
  shape: SubmissionShape & { model: ModelShape },
): Predicted {
  const before = ran.get(bytes)
  if (before?.rows === rows) return before.predicted
  const predicted = format === 'onnx' ? predictOnnx(bytes, rows, shape) : predict(bytes, rows, shape)
  ran.set(bytes, { rows, predicted })
  return predicted
}

function predictOnnx(bytes: Uint8Array, rows: ModelRows, shape: SubmissionShape & { model: ModelShape }): Predicted {
  const { onnx } = shape.model
  // Whoever forgot it must not make a verdict of it.
  if (!onnx) throw new Error('ONNX models are run with what loadOnnx gives: hand it to taskOf.')
  return predictGraph(bytes, rows, shape, onnx)
}

/** Looked at, and not run. */
function refusedOf(
  bytes: Uint8Array,
  format: ModelFormat,
  shape: SubmissionShape & { model: ModelShape },
): Predicted | undefined {
  if (format === 'wasm') return refusedModel(bytes, shape.model)
  const found = checkGraph(bytes, shape, shape.rows ?? 1)
  return 'reason' in found ? found : undefined
}
