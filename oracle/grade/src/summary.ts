/** What the values of a column look like, for people. */

import type { ColumnType } from './shape.ts'
import { entryText } from './table/bytetable.ts'
import { type Column, columnLength } from './table/columns.ts'

export interface NumberSummary {
  readonly kind: 'number'
  readonly name: string
  readonly type: ColumnType
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Bins of equal width from min to max; the last one includes max. One bin if all values are equal. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[]
}

export interface LabelSummary {
  readonly kind: 'label'
  readonly name: string
  readonly type: ColumnType
  readonly count: number
  /** How many different labels there are. */
  readonly distinct: number
  /** The most frequent ones, at most 20. */
  readonly top: readonly { readonly label: string; readonly count: number }[]
}

export type ColumnSummary = NumberSummary | LabelSummary

const BINS = 20

/** Describes the rows of a column for which `include` holds. */
export function summarize(
  column: Column,
  { name, type }: { name: string; type: ColumnType },
  include: (row: number) => boolean = () => true,
): ColumnSummary {
  const all = new Int32Array(columnLength(column))
  let count = 0
  for (let row = 0; row < all.length; row++) if (include(row)) all[count++] = row
  const rows = all.subarray(0, count)
  return column.kind === 'number'
    ? { kind: 'number', name, type, ...describeNumbers(rows, column.values) }
    : { kind: 'label', name, type, ...describeLabels(rows, column) }
}

function describeNumbers(rows: Int32Array, values: Float64Array) {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let mean = 0
  for (const row of rows) {
    const value = values[row]!
    min = Math.min(min, value)
    max = Math.max(max, value)
    mean += value / rows.length
  }
  if (rows.length === 0) return { count: 0, min: 0, max: 0, mean: 0, histogram: [] }
  const bins = min === max || !Number.isFinite(max - min) ? 1 : BINS
  const width = (max - min) / bins
  const counts = new Array<number>(bins).fill(0)
  for (const row of rows) counts[bins === 1 ? 0 : Math.min(bins - 1, Math.floor((values[row]! - min) / width))]!++
  const histogram = counts.map((count, i) => ({
    from: min + i * width,
    to: i === bins - 1 ? max : min + (i + 1) * width,
    count,
  }))
  return { count: rows.length, min, max, mean, histogram }
}

function describeLabels(rows: Int32Array, { codes, labels }: Extract<Column, { kind: 'label' }>) {
  const counts = new Int32Array(labels.size)
  for (const row of rows) counts[codes[row]!]!++
  const used = Array.from(counts.keys()).filter((code) => counts[code]! > 0)
  used.sort((a, b) => counts[b]! - counts[a]! || a - b)
  const top = used.slice(0, 20).map((code) => ({ label: entryText(labels, code), count: counts[code]! }))
  return { count: rows.length, distinct: used.length, top }
}
