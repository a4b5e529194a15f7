/** Rows that a maker published for models to be tried on, read as those of a truth are. */

import { createProblems } from '../problems.ts'
import { readTable } from '../read/read.ts'
import { LIMITS, type ModelShape } from '../shape.ts'
import { PROCESS_SEED } from '../table/bytetable.ts'
import { moveRows } from '../table/columns.ts'
import { type IdIndex, idTexts } from '../table/ids.ts'
import type { ModelRows } from './rows.ts'

export interface SampleRows {
  readonly index: IdIndex
  readonly rows: ModelRows
}

/** Other columns of the file are passed over. Undefined for a file without these columns. */
export function sampleRows(csv: Uint8Array, idColumn: string, { inputs }: ModelShape): SampleRows | undefined {
  const problems = createProblems(1)
  const plan = { idColumn, columns: inputs, extraColumns: 'ignore', maxBytes: LIMITS.maxBytes } as const
  const table = readTable(csv, { ...plan, seed: PROCESS_SEED, independent: true }, problems)
  if (!table || problems.total > 0 || table.rows === 0) return undefined
  const { index, ranks, rows } = table
  const columns = table.columns.map((column) => moveRows(column, ranks, rows))
  const ids = idTexts(index, () => true, rows)
  return { index, rows: { inputs: columns, ids: () => ids } }
}
