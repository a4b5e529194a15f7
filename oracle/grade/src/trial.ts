/** Submissions made from the truth itself, to try a challenge before anybody competes: a perfect one and one that knows nothing. */

import type { CreateHash } from './canonical/sha256.ts'
import { csvCell, csvLine, TextWriter } from './csv/write.ts'
import { GradeError } from './errors.ts'
import { columnsGrader, submissionGrader } from './grade.ts'
import { type TaskResult, taskResult } from './gradetask.ts'
import { columnsOf } from './madecolumns.ts'
import { metricOf, type Task } from './manifesttask.ts'
import type { Cells } from './metrics/metric.ts'
import { withDefaults } from './metrics/params.ts'
import { valuesTrial } from './metrics/trials.ts'
import { type Column, pickRows } from './table/columns.ts'
import { idTexts } from './table/ids.ts'
import { checkTask } from './task.ts'
import { type PreparedTruth, prepareTruth } from './truth.ts'

export interface Trial {
  readonly perfect: TaskResult
  /** The most frequent class, equal probabilities, or the mean. */
  readonly constant: TaskResult
}

/**
 * Grades both as an oracle would, `ranked` on the public and on the private rows. A trial that is rejected, or perfect values that are not
 * the best, mean that the challenge has a mistake. A truth that is given as bytes is read first. Throws `GradeError` where truth and task
 * do not fit together.
 */
export function trial(task: Task, given: Uint8Array | PreparedTruth, salt: Uint8Array, ranked = false): Trial {
  const truth = given instanceof Uint8Array ? prepareTruth(given, task.truthShape(given)) : given
  checkRows(task, truth)
  const { metric, evaluator, params, shape } = task
  // A metric makes its trial of a truth that it can read.
  const known = checkTask(metricOf(task), params, shape, truth.shape)
  const { perfect, constant } = (known.trial ?? valuesTrial)(truth, withDefaults(known, params), shape.columns)
  // It is a table, whatever people hand in.
  const { model: _, formats: __, long: ___, ...table } = shape
  const input = { metric, evaluator, params, truth, salt, shape: table, createHash: unhashed }
  const run = (cellsOf: (rank: number) => Cells, columns: readonly Column[] | undefined): TaskResult => {
    if (columns) return taskResult(columnsGrader(input, truth, columns), ranked)
    // What is wrong with them is told as it is of a file. Limits of size are about people's files.
    const submission = fileOf(truth, table, cellsOf)
    return taskResult(
      submissionGrader({ ...input, submission, shape: { ...table, maxBytes: submission.length } }),
      ranked,
    )
  }
  // Every row of the constant one is its first.
  const first = columnsOf(truth, table, () => constant, 1)
  const same = first?.map((column) => pickRows(column, new Int32Array(truth.rows)))
  return { perfect: run(perfect, columnsOf(truth, table, perfect, truth.rows)), constant: run(() => constant, same) }
}

/** A file of the rows that are asked for would lack some of the truth, or have others: none could win. */
function checkRows({ shape: { rows, long } }: Task, truth: PreparedTruth): void {
  if (long || rows === undefined || rows === truth.rows) return
  throw new GradeError(
    'shape_invalid',
    `A submission has as many rows as \`submission.rows\` says, ${rows}, but the truth has ${truth.rows}: set \`rows\` to ${truth.rows}.`,
  )
}

function fileOf(
  truth: PreparedTruth,
  { idColumn, columns }: Task['shape'],
  cellsOf: (rank: number) => Cells,
): Uint8Array {
  const text = new TextWriter()
  text.put(`${csvLine([idColumn, ...columns.map((column) => column.name)])}\n`)
  idTexts(truth.index, () => true, truth.rows).forEach((id, rank) => {
    text.put(`${csvCell(id)},${csvLine(cellsOf(rank))}\n`)
  })
  return text.bytes()
}

/** Nobody hands in a trial, so that its content needs no hash. */
const unhashed: CreateHash = () => ({ update: () => {}, digest: () => new Uint8Array(32) })
