/** Small CSV files as rows of text, read and written by the engine's own rules: for what is shown or filled in, not graded. */

import { createProblems } from '../problems.ts'
import { LIMITS } from '../shape.ts'
import { binaryKind } from './magic.ts'
import { BROKEN_ROW, nextRow, openScan, type Scan } from './scan.ts'
import { utf8Text } from './utf8.ts'

/** All rows, the header first; undefined for a file that grading would refuse to read. */
export function csvRows(bytes: Uint8Array): string[][] | undefined {
  if (binaryKind(bytes)) return undefined
  const scan = openScan(bytes, createProblems(1), LIMITS.maxColumns)
  const rows: string[][] = []
  for (let width = nextRow(scan); width !== 0; width = nextRow(scan)) {
    if (width === BROKEN_ROW || width > LIMITS.maxColumns) return undefined
    rows.push(fieldsOf(scan, width))
  }
  return scan.problems.total > 0 ? undefined : rows
}

/**
 * The rows of any text, the header first, for pages that show a file or explain what is wrong with it: row `n` as problems count it
 * is at `n - 1`, and one that cannot be read is empty. Stops after `most` rows.
 */
export function csvRecords(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): string[][] {
  const scan = openScan(bytes, createProblems(1), LIMITS.maxColumns)
  const rows: string[][] = []
  while (rows.length < most) {
    const width = nextRow(scan)
    if (width === 0) break
    const fields = width === BROKEN_ROW ? [] : fieldsOf(scan, Math.min(width, LIMITS.maxColumns))
    // Blank lines between rows are reported at once, and each of them is a row.
    while (rows.length < scan.row - 1) rows.push([])
    rows.push(fields)
  }
  return rows.slice(0, most)
}

export const fieldsOf = (scan: Scan, width: number): string[] =>
  Array.from({ length: width }, (_, at) => utf8Text(scan.source.subarray(scan.starts[at], scan.ends[at])))

/** The rows as text that `csvRows` reads as the same rows. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  const quoted = (value: string | number) => {
    const text = String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')
}
