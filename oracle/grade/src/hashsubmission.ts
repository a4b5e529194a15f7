/** The content hash of a submission without its truth, for who compares an opened file with what stands on-chain. */

import { contentHash } from './canonical.ts'
import { moveRows } from './columns.ts'
import { createProblems } from './problems.ts'
import type { CreateHash } from './sha256.ts'
import type { SubmissionShape } from './shape.ts'
import { readSubmission } from './submission.ts'
import { checkShape } from './task.ts'

/** 64 hexadecimal digits, the same as `grade` gives; undefined if the file is not valid, which `precheck` explains. */
export function hashSubmission(
  bytes: Uint8Array,
  shape: SubmissionShape,
  salt: Uint8Array,
  options: { labeler?: string; createHash?: CreateHash } = {},
): string | undefined {
  checkShape(shape)
  const problems = createProblems()
  const table = readSubmission(bytes, shape, {}, problems)
  if (!table || problems.total > 0) return undefined
  const columns = table.columns.map((column) => moveRows(column, table.ranks, table.rows))
  const { labeler, createHash } = options
  return contentHash(salt, { shape: shape.columns, columns, ...(labeler !== undefined && { labeler }) }, createHash)
}
