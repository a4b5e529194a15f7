/** What the values of a column look like, for people. */

import type { ColumnType } from './shape.ts'
import { entryText } from './table/bytetable.ts'
import type { Column } from './table/columns.ts'

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

/** Describes a column: all rows, or those that are given. */
export function summarize(
  column: Column,
  { name, type }: { name: string; type: ColumnType },
  rows?: Int32Array,
): ColumnSummary {
  return column.kind === 'number'
    ? { kind: 'number', name, type, ...describeNumbers(rows ? pick(column.values, rows) : column.values) }
    : { kind: 'label', name, type, ...describeLabels(column, rows) }
}

function pick(values: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!
  return picked
}

function describeNumbers(values: Float64Array) {
  const count = values.length
  if (count === 0) return { count, min: 0, max: 0, mean: 0, histogram: [] }
  let min = values[0]!
  let max = min
  let mean = 0
  for (let i = 0; i < count; i++) {
    const value = values[i]!
    if (value < min) min = value
    if (value > max) max = value
    mean += value / count
  }
  const bins = min === max || !Number.isFinite(max - min) ? 1 : BINS
  const width = (max - min) / bins
  const counts = new Int32Array(bins)
  if (bins === 1) counts[0] = count
  else
    for (let i = 0; i < count; i++) {
      // Not negative, so that this rounds down.
      const bin = ((values[i]! - min) / width) | 0
      counts[bin < bins ? bin : bins - 1]!++
    }
  const histogram = Array.from(counts, (rows, i) => ({
    from: min + i * width,
    to: i === bins - 1 ? max : min + (i + 1) * width,
    count: rows,
  }))
  return { count, min, max, mean, histogram }
}

function describeLabels({ codes, labels }: Extract<Column, { kind: 'label' }>, rows: Int32Array | undefined) {
  const counts = new Int32Array(labels.size)
  if (rows) for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++
  else for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
  const used = Array.from(counts.keys()).filter((code) => counts[code]! > 0)
  used.sort((a, b) => counts[b]! - counts[a]! || a - b)
  const top = used.slice(0, 20).map((code) => ({ label: entryText(labels, code), count: counts[code]! }))
  return { count: rows ? rows.length : codes.length, distinct: used.length, top }
}
