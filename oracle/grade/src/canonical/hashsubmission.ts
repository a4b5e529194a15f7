/** Canonical form and content hash of a submission without its truth: for its commitment, and for who compares an opened file with the chain. */

import { createProblems } from '../problems.ts'
import type { SubmissionShape } from '../shape.ts'
import { readSubmission } from '../submission.ts'
import { moveRows } from '../table/columns.ts'
import { idTexts } from '../table/ids.ts'
import { checkShape } from '../task.ts'
import { contentHash, hashForm, writeCanonical } from './canonical.ts'
import { writeFile } from './canonicalfile.ts'
import type { Sink } from './canonicalwriter.ts'
import type { CreateHash } from './sha256.ts'

/** 64 hexadecimal digits, the same as `grade` gives; undefined if the file is not valid, which `precheck` explains. */
export function hashSubmission(
  bytes: Uint8Array,
  shape: SubmissionShape,
  salt: Uint8Array,
  options: { labeler?: string; createHash?: CreateHash } = {},
): string | undefined {
  const { labeler, createHash } = options
  if (shape.model)
    return isValid(bytes, shape) ? hashForm(salt, (sink) => writeFile([bytes], sink), createHash) : undefined
  const table = readValid(bytes, shape)
  if (!table) return undefined
  const { columns } = table
  return contentHash(salt, { shape: shape.columns, columns, ...(labeler !== undefined && { labeler }) }, createHash)
}

/**
 * Writes the canonical form that `grade` hashes, or, with the labeler of a batch, the one that `gradeBatch` hashes. The pieces are only
 * valid during the call of `update`. False, with nothing written, if the file is not valid, which `precheck` explains.
 */
export function writeSubmission(bytes: Uint8Array, shape: SubmissionShape, sink: Sink, batchOf?: string): boolean {
  if (shape.model) {
    if (!isValid(bytes, shape)) return false
    writeFile([bytes], sink)
    return true
  }
  const table = readValid(bytes, shape)
  if (!table) return false
  const { columns, ids } = table
  writeCanonical(
    { shape: shape.columns, columns, ...(batchOf !== undefined && { ids: ids(), labeler: batchOf }) },
    sink,
  )
  return true
}

/** Of a model: whether it can be run. */
function isValid(bytes: Uint8Array, shape: SubmissionShape): boolean {
  const problems = createProblems()
  readSubmission(bytes, shape, {}, problems)
  return problems.total === 0
}

function readValid(bytes: Uint8Array, shape: SubmissionShape) {
  checkShape(shape)
  const problems = createProblems()
  const table = readSubmission(bytes, shape, {}, problems)
  if (!table || problems.total > 0) return undefined
  const { ranks, rows, index } = table
  const columns = table.columns.map((column) => moveRows(column, ranks, rows))
  return { columns, ids: () => idTexts(index, () => true, rows) }
}
