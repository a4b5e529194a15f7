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
 * A truth with several value columns, weights, groups or inputs of models has version 6 instead: the number of columns, then each column's kind and name as
 * the truth calls it (the value columns in the metric's order, then `weight`, then `group`, then the inputs in the manifest's order), the number of rows, and for each row all its
 * values; usage and ids follow as in version 5.
 *
 * So where both are numbers, a row's true value stands where the submission's form has its prediction, and the two can be compared a
 * chunk at a time. The ids come last, out of the way; without them a truth with other ids in the same order would have the same form.
 */

import { utf8 } from '../csv/utf8.ts'
import type { SubmissionShape } from '../shape.ts'
import type { Column } from '../table/columns.ts'
import { idTexts } from '../table/ids.ts'
import { truthColumns } from '../task.ts'
import type { PreparedTruth } from '../truth.ts'
import { writeTable } from './canonical.ts'
import { createWriter, type Sink } from './canonicalwriter.ts'

export const TRUTH_CANONICAL_VERSION = 5
/** Several columns. */
export const WIDE_TRUTH_CANONICAL_VERSION = 6

/** Writes the form, in pieces that are only valid during the call of `update`. `shape` is that of the challenge's submissions. */
export function writeTruth(truth: PreparedTruth, shape: Pick<SubmissionShape, 'columns'>, sink: Sink): void {
  const { rows, parts, index } = truth
  const out = createWriter(sink)
  writeTable(tableOf(truth, shape), out, sink)
  const usage = new Uint8Array(rows)
  for (const row of parts?.public ?? []) usage[row] = 1
  for (const row of parts?.private ?? []) usage[row] = 2
  out.copy(usage, 0, rows)
  for (const id of idTexts(index, () => true, rows)) out.text(utf8(id))
  out.flush()
}

function tableOf(truth: PreparedTruth, { columns: asked }: Pick<SubmissionShape, 'columns'>) {
  const { column, columns, weights, groups, modelRows } = truth
  const kind = (of: Column) => (of.kind === 'label' ? ('label' as const) : ('number' as const))
  if (columns.length === 1 && !weights && !groups && !modelRows) {
    const name = asked.length === 1 ? asked[0]!.name : ''
    return { version: TRUTH_CANONICAL_VERSION, shape: [{ name, type: kind(column) }], columns: [column] }
  }
  const names = truthColumns(truth.shape).map(({ name }) => name)
  const all: [string, Column][] = columns.map((one, i) => [names[i]!, one])
  if (weights) all.push(['weight', { kind: 'number', values: weights }])
  if (groups) all.push(['group', groups])
  for (const [i, { name }] of (truth.shape.inputs ?? []).entries()) all.push([name, modelRows!.inputs[i]!])
  return {
    version: WIDE_TRUTH_CANONICAL_VERSION,
    shape: all.map(([name, one]) => ({ name, type: kind(one) })),
    columns: all.map(([, one]) => one),
  }
}
