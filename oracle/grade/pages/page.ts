/** What a page of the documentation says of a metric beyond its terms: a worked example, and what fails, all of it run by the tests. */

import type { GradeErrorCode } from '../src/errors.ts'
import type { TaskSource } from '../src/manifesttask.ts'
import type { MetricId } from '../src/metrics/metric.ts'
import type { ReasonName } from '../src/reasons.ts'

export type Columns = TaskSource['submission']['columns']

export interface Run {
  readonly params?: Readonly<Record<string, unknown>>
  /** Of a submission; by default one column `p` of the first type that fits the metric. */
  readonly columns?: Columns
  /** Lines of the truth file, the header first. */
  readonly truth: readonly string[]
  readonly submission: readonly string[]
}

export interface MetricPage {
  readonly example: Run & {
    readonly score: number
    /** How the score comes about. */
    readonly because: string
  }
  /** What is refused: the truth at creation, or a submission. */
  readonly failures: readonly (Run & { readonly when: string; readonly code: GradeErrorCode | ReasonName })[]
  /** What gives a score, but not the one that people expect. */
  readonly traps?: readonly string[]
}

export type FamilyPages = Readonly<Partial<Record<MetricId, MetricPage>>>

/** Lines of a file with the columns `id` and `name`. */
export const lines = (name: string, ...values: readonly (string | number)[]): string[] => [
  `id,${name}`,
  ...values.map((value, i) => `${i + 1},${value}`),
]
