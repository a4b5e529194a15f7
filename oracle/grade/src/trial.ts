/** Submissions made from the truth itself, to try a challenge before anybody competes: a perfect one and one that knows nothing. */

import { entryText } from './bytetable.ts'
import type { Column } from './columns.ts'
import { type GradeResult, grade } from './grade.ts'
import { idTexts } from './ids.ts'
import type { Task } from './manifesttask.ts'
import { positives } from './metrics/binary.ts'
import { truthClasses } from './metrics/classes.ts'
import { type Part, type PreparedTruth, prepareTruth } from './truth.ts'

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
  const { perfect, constant } = predictions(task, truth)
  const ids = idTexts(truth.index, () => true, truth.rows)
  const { metric, params, shape } = task
  const header = [shape.idColumn, ...shape.columns.map((column) => column.name)]
  const run = (valuesOf: (rank: number) => readonly (string | number)[]): GradeResult => {
    const lines = ids.map((id, rank) => csvLine([id, ...valuesOf(rank)]))
    const submission = new TextEncoder().encode(`${csvLine(header)}\n${lines.join('\n')}\n`)
    // The limits of size are about people's files; these two are as long as numbers happen to print.
    return grade({ metric, params, truth, submission, salt, part, shape: { ...shape, maxBytes: submission.length } })
  }
  return { perfect: run(perfect), constant: run(() => constant) }
}

type Predictions = { perfect: (rank: number) => readonly (string | number)[]; constant: readonly (string | number)[] }

function predictions({ metric, params, shape }: Task, truth: PreparedTruth): Predictions {
  const [first, ...more] = shape.columns
  if (metric === 'roc_auc' || (metric === 'log_loss' && more.length === 0)) {
    const positive = positives(truth.column, params, metric)
    return { perfect: (rank) => [positive[rank]!], constant: [first!.type === 'integer' ? 0 : 0.5] }
  }
  if (metric === 'log_loss') {
    const labels = params.labels?.map(String) ?? shape.columns.map((column) => column.name)
    const { texts, places } = truthClasses(truth.column)
    const perfect = (rank: number) => labels.map((label) => (label === texts[places[rank]!] ? 1 : 0))
    return { perfect, constant: labels.map(() => 1 / labels.length) }
  }
  const { column } = truth
  const perfect = (rank: number) => [valueText(column, rank)]
  return { perfect, constant: [first!.type === 'number' ? mean(column) : mostFrequent(column)] }
}

function valueText(column: Column, rank: number): string | number {
  return column.kind === 'number' ? column.values[rank]! : entryText(column.labels, column.codes[rank]!)
}

function mean(column: Column): number {
  if (column.kind === 'label') return 0
  return column.values.reduce((sum, value) => sum + value / column.values.length, 0)
}

function mostFrequent(column: Column): string {
  const { texts, places } = truthClasses(column)
  const counts = new Int32Array(texts.length)
  for (const place of places) counts[place]!++
  // A loop: there may be more classes than a call may have arguments.
  let most = 0
  for (let place = 1; place < counts.length; place++) if (counts[place]! > counts[most]!) most = place
  return texts[most]!
}

function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((value) => (typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',')
}
