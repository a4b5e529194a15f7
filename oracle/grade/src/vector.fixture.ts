/** One golden vector: the files of a case, as a maker and a solver write them, and the score of a reference implementation. */

import { csvRecords } from './csv/rows.ts'
import { type GradeResult, grade } from './grade.ts'
import { type Task, type TaskSource, taskOf } from './manifesttask.ts'
import { getMetric } from './metrics/index.ts'

export interface Vector {
  name: string
  metric: string
  params: Record<string, unknown>
  columns: TaskSource['submission']['columns']
  truth: string
  submission: string
  score: number
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

type Files = Omit<Vector, 'name' | 'score'>

export const taskOfVector = ({ metric, params, columns, truth }: Files): Task =>
  taskOf({
    submission: { idColumn: 'id', columns, rows: csvRecords(bytes(truth)).length - 1, maxBytes: 1e8 },
    metric: { id: metric, params, version: getMetric(metric).version },
  })

/** Graded on the way that an oracle takes from the manifest. Throws `GradeError`. */
export function resultOf(files: Files): GradeResult {
  const task = taskOfVector(files)
  const truth = bytes(files.truth)
  return grade({
    metric: task.metric,
    params: task.params,
    truth,
    truthShape: task.truthShape(truth),
    submission: bytes(files.submission),
    shape: task.shape,
    salt: new Uint8Array(32),
  })
}

/** The engine's score. Throws where it refuses. */
export function gradeVector(vector: Vector): number {
  const result = resultOf(vector)
  if (result.status === 'rejected') throw new Error(`${result.reason}: ${result.message}`)
  return result.score
}
