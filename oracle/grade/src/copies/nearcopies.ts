/** Near-copies in one challenge, and what is measured of its submissions for any comparison: see `likeness.ts` for the rule. */

import type { Task } from '../manifesttask.ts'
import { createProblems } from '../problems.ts'
import type { SubmissionShape } from '../shape.ts'
import { readSubmission, stepsTaken } from '../submission.ts'
import { type Column, moveRows } from '../table/columns.ts'
import type { PreparedTruth } from '../truth.ts'
import { type Alike, likenessOf, sampledRows, type Traits, traitsOf } from './likeness.ts'

export interface ComparedEntry {
  readonly number: number
  readonly solver: string
  readonly submission: Uint8Array
}

export interface NearCopy extends Alike {
  readonly numbers: readonly [number, number]
}

/** How many submissions of a challenge were compared, and how many were not. */
export interface ComparedCount {
  readonly compared: number
  /** Because there are too many files, or because running one more model could take more steps than there are left. */
  readonly leftOut: { readonly files: number; readonly steps: number }
}

export interface NearCopies extends ComparedCount {
  /** The most alike first. */
  readonly pairs: readonly NearCopy[]
}

/** So that the cost is bounded whatever is submitted: files of a challenge, pairs that are told, steps that all models together may take. */
export const MOST_COMPARED = { files: 100, pairs: 50, steps: 20_000_000_000 } as const

/** @param steps that all models together may take */
export function nearCopies(
  task: Task,
  truth: PreparedTruth,
  entries: readonly ComparedEntry[],
  steps: number = MOST_COMPARED.steps,
): NearCopies {
  const rows = sampledRows(truth.rows, task.shape.columns.length)
  const { measured, ...count } = measure({ task, truth }, entries, { rows, steps })
  const pairs: NearCopy[] = []
  for (const [i, one] of measured.entries())
    for (const other of measured.slice(i + 1)) {
      if (one.solver === other.solver) continue
      const found = likenessOf(one.traits, other.traits)
      if (found) pairs.push({ numbers: [one.number, other.number], ...found })
    }
  return { ...count, pairs: mostAlike(pairs) }
}

export const mostAlike = (pairs: readonly NearCopy[]): NearCopy[] =>
  pairs
    .toSorted((a, b) => b.value - a.value || a.numbers[0] - b.numbers[0] || a.numbers[1] - b.numbers[1])
    .slice(0, MOST_COMPARED.pairs)

/** What submissions of a challenge are measured by. */
export interface Measured {
  readonly task: Task
  readonly truth: PreparedTruth
}

interface How {
  readonly rows: Int32Array
  /** That all models together may take: what one took counts, and none is started that could take more than there are left. */
  readonly steps: number
  /** In which order the columns are taken, where that is not their own. */
  readonly columns?: readonly number[]
}

type Traced = { number: number; solver: string; traits: Traits | undefined }

/** The lowest numbers are compared where there are too many. A file that would be rejected is no part of it. */
export function measure(
  { task, truth }: Measured,
  entries: readonly ComparedEntry[],
  { rows, steps, columns: order }: How,
): ComparedCount & { measured: readonly Traced[] } {
  const first = entries.toSorted((a, b) => a.number - b.number).slice(0, MOST_COMPARED.files)
  const ordered = (columns: readonly Column[]) =>
    order && columns.length === order.length ? order.map((at) => columns[at]!) : columns
  const right = ordered(truth.columns)
  let [left, started] = [steps, 0]
  const measured = first.flatMap(({ number, solver, submission }) => {
    const most = task.shape.model?.fuel ?? 0
    if (most > left) return []
    started++
    const columns = columnsOf(submission, task.shape, truth)
    if (most > 0) left -= stepsTaken(submission) ?? most
    return columns ? [{ number, solver, traits: traitsOf(ordered(columns), right, rows) }] : []
  })
  const leftOut = { files: entries.length - first.length, steps: first.length - started }
  return { measured, compared: measured.length, leftOut }
}

function columnsOf(bytes: Uint8Array, shape: SubmissionShape, truth: PreparedTruth): Column[] | undefined {
  const problems = createProblems(1, { firstOnly: true })
  const { index, seed, modelRows } = truth
  const table = readSubmission(bytes, shape, { index, seed, ...(modelRows && { rows: modelRows }) }, problems)
  if (!table || problems.total > 0) return undefined
  return table.columns.map((column) => moveRows(column, table.ranks, table.rows))
}
