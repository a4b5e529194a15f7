/** Reads one part, truth and submission, as whole files are read. */

import { GradeError } from '../errors.ts'
import { createProblems, type Problem } from '../problems.ts'
import type { SubmissionShape, TruthShape } from '../shape.ts'
import { readSubmission } from '../submission.ts'
import type { Column } from '../table/columns.ts'
import { moveRows } from '../table/columns.ts'
import { prepareTruth } from '../truth.ts'

export interface PartFiles {
  readonly truth: Uint8Array
  readonly truthShape: TruthShape
  /** Absent where it has no row in this part, or does not matter any more. */
  readonly submission?: Uint8Array | undefined
  readonly shape: SubmissionShape
}

/** Rows are in the order of the ids' bytes. */
export interface ReadPart {
  readonly truth: Column
  readonly publicRows: Int32Array | undefined
  readonly privateRows: Int32Array | undefined
  /** Absent where something is wrong. */
  readonly columns?: readonly Column[]
  /** Ids of the truth that the submission lacks. */
  readonly missing: number
  /** The first problem of another kind; rows are those of the part. */
  readonly problem?: Problem
}

/** A part whose truth is refused is the `GradeError`'s problem, with the row of the part. */
export function readPart({ truth: bytes, truthShape, submission, shape }: PartFiles): ReadPart | Problem {
  let truth: ReturnType<typeof prepareTruth>
  try {
    truth = prepareTruth(bytes, { ...truthShape, maxBytes: bytes.length })
  } catch (error) {
    if (error instanceof GradeError && error.problems[0]) return error.problems[0]
    throw error
  }
  const { index, seed, column, parts, rows } = truth
  const read = { truth: column, publicRows: parts?.public, privateRows: parts?.private }
  if (!submission) return { ...read, missing: rows }
  const problems = createProblems(1, { firstOnly: true })
  const context = { index, seed, ...(column.kind === 'label' && { labels: column.labels }) }
  const table = readSubmission(submission, { ...shape, maxBytes: submission.length }, context, problems)
  const [problem] = problems.list
  if (table && problem?.reason === 'missing_id') return { ...read, missing: index.size - table.matched }
  if (!table || problem) return { ...read, missing: 0, ...(problem && { problem: told(problem, shape) }) }
  return { ...read, missing: 0, columns: table.columns.map((one) => moveRows(one, table.ranks, table.rows)) }
}

/** What was expected of an id, and what may be meant by it, would be of the ids of this part. */
function told(problem: Problem, { idColumn }: SubmissionShape): Problem {
  if (problem.column !== idColumn) return problem
  const { expected: _, hint: __, ...rest } = problem
  return rest
}
