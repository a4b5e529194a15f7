/** A column in memory: numbers, or codes into a table of labels. */

import type { ByteTable } from './bytetable.ts'

export interface NumberColumn {
  readonly kind: 'number'
  readonly values: Float64Array
}

/** Bytes as long as there are no more than 256 labels. */
export type Codes = Uint8Array | Int32Array

export interface LabelColumn {
  readonly kind: 'label'
  /** Entry of `labels` of each row. */
  readonly codes: Codes
  readonly labels: ByteTable
}

export type Column = NumberColumn | LabelColumn

export const columnLength = (column: Column): number =>
  column.kind === 'number' ? column.values.length : column.codes.length

const sameCodes = (codes: Codes, size: number): Codes =>
  codes instanceof Uint8Array ? new Uint8Array(size) : new Int32Array(size)

/** The rows `order[i]` of a column, in that order. */
export function pickRows(column: Column, order: Int32Array): Column {
  if (column.kind === 'number') {
    const values = new Float64Array(order.length)
    for (let i = 0; i < order.length; i++) values[i] = column.values[order[i]!]!
    return { ...column, values }
  }
  const codes = sameCodes(column.codes, order.length)
  for (let i = 0; i < order.length; i++) codes[i] = column.codes[order[i]!]!
  return { ...column, codes }
}

/** The column of `size` rows with row `r` moved to `ranks[r]`, or dropped where that is negative. */
export function moveRows<T extends Column>(column: T, ranks: Int32Array, size: number): T {
  if (column.kind === 'number') {
    const from = column.values
    const values = new Float64Array(size)
    for (let row = 0; row < ranks.length; row++) if (ranks[row]! >= 0) values[ranks[row]!] = from[row]!
    return { ...column, values }
  }
  const from = column.codes
  const codes = sameCodes(from, size)
  for (let row = 0; row < ranks.length; row++) if (ranks[row]! >= 0) codes[ranks[row]!] = from[row]!
  return { ...column, codes }
}
