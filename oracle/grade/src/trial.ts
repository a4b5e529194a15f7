/** Submissions made from the truth itself, to try a challenge before anybody competes: a perfect one and one that knows nothing. */

import { csvCell, csvLine, TextWriter } from './csv/write.ts'
import { type GradeResult, grade } from './grade.ts'
import { idTexts } from './ids.ts'
import { metricOf, type Task } from './manifesttask.ts'
import { withDefaults } from './metrics/params.ts'
import { valuesTrial } from './metrics/trials.ts'
import type { CreateHash } from './sha256.ts'
import { type Part, type PreparedTruth, prepareTruth } from './truth.ts'

export interface Trial {
  readonly perfect: GradeResult
  /** The most frequent class, equal probabilities, or the mean. */
  readonly constant: GradeResult
}

/**
 * Grades both, on all rows or on those of a part. A trial that is rejected, or perfect values that are not the best, mean that the challenge has a mistake.
 * A truth that is given as bytes is read first. Throws `GradeError` where truth and task do not fit together.
 */
export function trial(task: Task, given: Uint8Array | PreparedTruth, salt: Uint8Array, part: Part = 'all'): Trial {
  const truth = given instanceof Uint8Array ? prepareTruth(given, task.truthShape(given)) : given
  const ids = idTexts(truth.index, () => true, truth.rows)
  const { metric, evaluator, params, shape } = task
  const known = metricOf(task)
  const { perfect, constant } = (known.trial ?? valuesTrial)(truth, withDefaults(known, params), shape.columns)
  const header = csvLine([shape.idColumn, ...shape.columns.map((column) => column.name)])
  const run = (lineOf: (rank: number) => string): GradeResult => {
    const text = new TextWriter()
    text.put(header)
    text.put('\n')
    for (let rank = 0; rank < ids.length; rank++) {
      text.put(csvCell(ids[rank]!))
      text.put(',')
      text.put(lineOf(rank))
      text.put('\n')
    }
    const submission = text.bytes()
    // The limits of size are about people's files; these two are as long as numbers happen to print.
    const { model: _, formats: __, long: ___, ...table } = shape
    const limits = { ...table, maxBytes: submission.length }
    return grade({ metric, evaluator, params, truth, submission, salt, part, shape: limits, createHash: unhashed })
  }
  const same = csvLine(constant)
  return { perfect: run((rank) => csvLine(perfect(rank))), constant: run(() => same) }
}

/** Nobody hands in a trial, so that its content needs no hash. */
const unhashed: CreateHash = () => ({ update: () => {}, digest: () => new Uint8Array(32) })
