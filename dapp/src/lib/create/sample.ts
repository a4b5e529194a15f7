/** A submission that is valid and knows nothing: what solvers are given to see the shape. */
import type { TaskSource } from '@stellartrain/oracle-grade'
import { csvText } from '../content/csv.ts'
import { splitCsv } from '../content/preview.ts'

export function sampleSubmission(truth: string, { submission }: TaskSource): string {
  const [, ...rows] = splitCsv(truth)
  const several = submission.columns.length > 1
  const values = submission.columns.map(
    (column) =>
      column.labels?.[0] ?? (several ? String(1 / submission.columns.length) : column.max === 1 ? '0.5' : '0'),
  )
  return csvText([
    [submission.idColumn, ...submission.columns.map((column) => column.name)],
    ...rows.map((row) => [row[0] ?? '', ...values]),
  ])
}
