/** Submissions made from the truth itself, to try a challenge before anybody competes: a perfect one and one that knows nothing. */

import { type GradeResult, grade } from './grade.ts'
import { idTexts } from './ids.ts'
import { metricOf, type Task } from './manifesttask.ts'
import { withDefaults } from './metrics/params.ts'
import { valuesTrial } from './metrics/trials.ts'
import { type Part, prepareTruth } from './truth.ts'

export interface Trial {
  readonly perfect: GradeResult
  /** The most frequent class, equal probabilities, or the mean. */
  readonly constant: GradeResult
}

/**
 * Grades both, on all rows or on those of a part. A trial that is rejected, or perfect values that are not the best, mean that the challenge has a mistake.
 * Throws `GradeError` where truth and task do not fit together.
 */
export function trial(task: Task, truthCsv: Uint8Array, salt: Uint8Array, part: Part = 'all'): Trial {
  const truth = prepareTruth(truthCsv, task.truthShape(truthCsv))
  const ids = idTexts(truth.index, () => true, truth.rows)
  const { metric, evaluator, params, shape } = task
  const known = metricOf(task)
  const { perfect, constant } = (known.trial ?? valuesTrial)(truth, withDefaults(known, params), shape.columns)
  const header = [shape.idColumn, ...shape.columns.map((column) => column.name)]
  const run = (valuesOf: (rank: number) => readonly (string | number)[]): GradeResult => {
    const lines = ids.map((id, rank) => csvLine([id, ...valuesOf(rank)]))
    const submission = new TextEncoder().encode(`${csvLine(header)}\n${lines.join('\n')}\n`)
    // The limits of size are about people's files; these two are as long as numbers happen to print.
    return grade({
      metric,
      evaluator,
      params,
      truth,
      submission,
      salt,
      part,
      shape: { ...shape, maxBytes: submission.length },
    })
  }
  return { perfect: run(perfect), constant: run(() => constant) }
}

function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((value) => (typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',')
}
