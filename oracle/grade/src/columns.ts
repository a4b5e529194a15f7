/** A column in memory: numbers, or codes into a table of labels. */

import type { ByteTable } from './bytetable.ts'

export interface NumberColumn {
  readonly kind: 'number'
  readonly values: Float64Array
}

export interface LabelColumn {
  readonly kind: 'label'
  /** Entry of `labels` of each row. */
  readonly codes: Int32Array
  readonly labels: ByteTable
}

export type Column = NumberColumn | LabelColumn

export const columnLength = (column: Column): number =>
  column.kind === 'number' ? column.values.length : column.codes.length

/** The rows `order[i]` of a column, in that order. */
export function pickRows(column: Column, order: Int32Array): Column {
  if (column.kind === 'number')
    return { kind: 'number', values: Float64Array.from(order, (row) => column.values[row]!) }
  return { ...column, codes: Int32Array.from(order, (row) => column.codes[row]!) }
}

/** The column with row `r` moved to `rank[r]`. */
export function moveRows<T extends Column>(column: T, rank: Int32Array): T {
  if (column.kind === 'number') {
    const values = new Float64Array(rank.length)
    for (let row = 0; row < rank.length; row++) values[rank[row]!] = column.values[row]!
    return { ...column, values }
  }
  const codes = new Int32Array(rank.length)
  for (let row = 0; row < rank.length; row++) codes[rank[row]!] = column.codes[row]!
  return { ...column, codes }
}
