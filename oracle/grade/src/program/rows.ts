/** What models get, and their predictions as the CSV that a solver would have handed in. */

import { csvCell, csvLine, TextWriter } from '../csv/write.ts'
import type { ReasonName } from '../reasons.ts'
import { LIMITS, type SubmissionShape } from '../shape.ts'
import type { Column } from '../table/columns.ts'

/** What a model gets: the columns, and the ids in their order, which it does not get. */
export interface ModelRows {
  readonly inputs: readonly Column[]
  ids(): readonly string[]
}

/** The predictions, and what they took; or why there are none. */
export type Predicted =
  | { readonly csv: Uint8Array; readonly fuel: bigint }
  | { readonly reason: ReasonName; readonly detail: string }

/** Of one column, by its row; undefined where it has no such cell. */
type Cell = (row: number) => string | number | undefined

/** Undefined where a cell is missing, or the file would be larger than any. */
export function submissionOf(
  cells: readonly Cell[],
  { idColumn, columns, ids }: Pick<SubmissionShape, 'idColumn' | 'columns'> & { ids: () => readonly string[] },
): Uint8Array | undefined {
  const out = new TextWriter()
  out.put(`${csvLine([idColumn, ...columns.map(({ name }) => name)])}\n`)
  for (const [row, id] of ids().entries()) {
    out.put(csvCell(id))
    for (const cell of cells) {
      const value = cell(row)
      if (value === undefined) return undefined
      out.put(',')
      out.put(csvCell(value))
      // Columns may show the same bytes again and again.
      if (out.length > LIMITS.maxBytes) return undefined
    }
    out.put('\n')
  }
  return out.bytes()
}
