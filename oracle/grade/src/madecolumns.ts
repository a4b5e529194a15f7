/** Columns of values that were made instead of read, checked as those of a file are. */

import { utf8 } from './csv/utf8.ts'
import type { Cells } from './metrics/metric.ts'
import { addsUp, sumsToOne } from './read/probabilities.ts'
import { type ColumnReader, closeColumn, keepNumber, openColumn, readValue } from './read/readcolumn.ts'
import { isCell, LIMITS, type SubmissionShape } from './shape.ts'
import type { Column } from './table/columns.ts'
import type { PreparedTruth } from './truth.ts'

/** Of `rows` rows, in the order of the truth's; undefined where a value would be refused in a file. */
export function columnsOf(
  truth: PreparedTruth,
  shape: SubmissionShape,
  cellsOf: (rank: number) => Cells,
  rows: number,
): Column[] | undefined {
  const { seed, column } = truth
  const known = column.kind === 'label' ? column.labels : undefined
  const readers = shape.columns.map((of) => openColumn(of, rows, seed, known))
  const maxBytes = shape.columns.some(({ type }) => isCell(type)) ? LIMITS.maxTextBytes : LIMITS.maxFieldBytes
  const keepers = readers.map((reader) => keeperOf(reader, maxBytes))
  const sums = sumsToOne(shape)
  for (let row = 0; row < rows; row++) {
    const cells = cellsOf(row)
    for (let i = 0; i < keepers.length; i++) if (!keepers[i]!(cells[i]!, row)) return undefined
    if (sums && !addsUp(readers, row)) return undefined
  }
  return readers.map((reader) => closeColumn(reader, rows))
}

/** So many different texts are remembered. */
const REMEMBERED = 10_000

/** Keeps a value in a row; false where it would be refused. */
function keeperOf(reader: ColumnReader, maxBytes: number): (value: string | number, row: number) => boolean {
  const codes = new Map<string | number, number>()
  const keepText = (value: string | number, row: number): boolean => {
    const bytes = utf8(String(value))
    return bytes.length <= maxBytes && readValue(reader, bytes, 0, bytes.length, row) === undefined
  }
  if (reader.numeric)
    return (value, row) =>
      typeof value === 'number' ? keepNumber(reader, value, row) === undefined : keepText(value, row)
  return (value, row) => {
    const code = codes.get(value)
    if (code !== undefined) {
      reader.codes[row] = code
      return true
    }
    if (!keepText(value, row)) return false
    if (codes.size < REMEMBERED) codes.set(value, reader.codes[row]!)
    return true
  }
}
