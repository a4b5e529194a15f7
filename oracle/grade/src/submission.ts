/** Reads a submission against a truth or against its shape alone. */

import { type ByteTable, PROCESS_SEED } from './bytetable.ts'
import type { IdIndex } from './ids.ts'
import { addProblem, isEnough, type Problems } from './problems.ts'
import { type ReadTable, readTable } from './read.ts'
import { LIMITS, type SubmissionShape } from './shape.ts'

export interface SubmissionContext {
  /** The ids that it must have. */
  index?: IdIndex
  /** The truth's labels, whose codes must stay the same. */
  labels?: ByteTable
  seed?: number
}

/** Everything that is wrong is in `problems` afterwards; the table is of use for grading only if there is nothing. */
export function readSubmission(
  bytes: Uint8Array,
  shape: SubmissionShape,
  context: SubmissionContext,
  problems: Problems,
): ReadTable | undefined {
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
