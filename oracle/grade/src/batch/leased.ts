/** Judges a batch that needs a lease: its own ids are what the oracles must have leased to its labeler, in time. */

import type { Rejected } from '../grade.ts'
import { addProblem, createProblems, type Problems } from '../problems.ts'
import { readTable } from '../read/read.ts'
import { LIMITS, type SubmissionShape } from '../shape.ts'
import { PROCESS_SEED } from '../table/bytetable.ts'
import { idTexts } from '../table/ids.ts'
import { type Accepted, type BatchInput, gradeBatch, rejectedBatch } from './grade.ts'

export interface LeasedInput extends Omit<BatchInput, 'ids' | 'size'> {
  /** As it stands in the batch's file; undefined where the file names none. */
  lease: Lease | undefined
  /** When the batch was in the ledger, unix seconds. */
  time: number
}

export interface Lease {
  /** Unix seconds; a batch that was in the ledger then is in time. */
  readonly expires: number
  /** Whether enough oracles of the challenge signed it for these ids, this labeler and this attempt. */
  holds(ids: readonly string[]): boolean
}

/** Throws `GradeError` for what is the maker's fault. */
export function gradeLeasedBatch({ lease, time, ...input }: LeasedInput): Accepted | Rejected {
  const { items, units, submission, shape } = input
  const problems = createProblems(1, { firstOnly: true })
  if (lease === undefined) {
    addProblem(problems, 'no_lease', null, null)
    return rejectedBatch(problems)
  }
  const ids = ownIds(submission, shape, problems)
  if (problems.total > 0) return rejectedBatch(problems)
  const known = new Set(items)
  if (!ids.every((id) => known.has(id))) addProblem(problems, 'unknown_id', null, null)
  else if (ids.length !== units)
    addProblem(problems, 'wrong_units', null, null, `${units} were declared, the file has ${ids.length}.`)
  else if (!lease.holds(ids)) addProblem(problems, 'bad_lease', null, null)
  else if (time > lease.expires)
    addProblem(problems, 'lease_expired', null, null, `It ended ${time - lease.expires} s before the submission.`)
  return problems.total > 0 ? rejectedBatch(problems) : gradeBatch({ ...input, size: ids.length, ids })
}

/** The ids of a file, in the order of their bytes; what is wrong with them is added to `problems`. */
export function ownIds(
  submission: Uint8Array,
  { idColumn, maxBytes = LIMITS.maxBytes }: Pick<SubmissionShape, 'idColumn' | 'maxBytes'>,
  problems: Problems = createProblems(1, { firstOnly: true }),
): string[] {
  const plan = { idColumn, columns: [], extraColumns: 'ignore' as const, maxBytes, seed: PROCESS_SEED }
  const table = readTable(submission, plan, problems)
  return table === undefined || problems.total > 0 ? [] : idTexts(table.index, () => true, table.rows)
}
