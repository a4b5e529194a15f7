/**
 * The canonical form of a truth, whose chunks its commitment is made of. Integers and texts as in `canonical.ts`:
 *
 * | bytes | what |
 * |---|---|
 * | `u32`, `u32` | version 5; 1, the number of columns |
 * | `u8`, text | 0 for numbers or 1 for labels; the name of the submission's value column if it has exactly one, else empty |
 * | `u64` | number of rows |
 * | for each row, in the order of the ids' UTF-8 bytes: | a number as float64, −0 written as 0; a label as text |
 * | for each row: `u8` | its usage: 0 where the truth has no such column, 1 public, 2 private |
 * | for each row: text | the id |
 *
 * So where both are numbers, a row's true value stands where the submission's form has its prediction, and the two can be compared a
 * chunk at a time. The ids come last, out of the way; without them a truth with other ids in the same order would have the same form.
 */

import { writeTable } from './canonical.ts'
import { createWriter, type Sink } from './canonicalwriter.ts'
import { utf8 } from './csv/utf8.ts'
import { idTexts } from './ids.ts'
import type { SubmissionShape } from './shape.ts'
import type { PreparedTruth } from './truth.ts'

export const TRUTH_CANONICAL_VERSION = 5

/** Writes the form, in pieces that are only valid during the call of `update`. `shape` is that of the challenge's submissions. */
export function writeTruth(truth: PreparedTruth, shape: Pick<SubmissionShape, 'columns'>, sink: Sink): void {
  const { column, rows, parts, index } = truth
  const name = shape.columns.length === 1 ? shape.columns[0]!.name : ''
  const type = column.kind === 'label' ? 'label' : 'number'
  const out = createWriter(sink)
  writeTable({ version: TRUTH_CANONICAL_VERSION, shape: [{ name, type }], columns: [column] }, out, sink)
  const usage = new Uint8Array(rows)
  for (const row of parts?.public ?? []) usage[row] = 1
  for (const row of parts?.private ?? []) usage[row] = 2
  out.copy(usage, 0, rows)
  for (const id of idTexts(index, () => true, rows)) out.text(utf8(id))
  out.flush()
}
