/** The shipped data sets as columns and rows. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { csvRows, csvText } from '@stellartrain/oracle-grade/csv'

export type Table = { columns: string[]; rows: string[][] }

export const DATA = fileURLToPath(new URL('../../data/', import.meta.url))

/** @throws RangeError for a file that the grading engine would not read */
export function parseTable(text: string | Uint8Array): Table {
  const rows = csvRows(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  if (rows === undefined) throw new RangeError('This is not a CSV file that can be graded.')
  const [columns = [], ...rest] = rows
  return { columns, rows: rest }
}

export function readTable(path: string): Table {
  return parseTable(readFileSync(path))
}

/** One column as text. @throws RangeError when there is no such column. */
export function column(table: Table, name: string): string[] {
  const index = table.columns.indexOf(name)
  if (index < 0) throw new RangeError(`no column ${name}`)
  return table.rows.map((row) => row[index] ?? '')
}

/** Rows of numbers: numeric columns as they are, the others as one 0/1 column for each value seen in `train`. */
export function features(train: Table, table: Table, leaveOut: string[]): number[][] {
  const encoders: ((row: string[]) => number[])[] = []
  for (const [trainIndex, name] of train.columns.entries()) {
    if (leaveOut.includes(name)) continue
    const index = table.columns.indexOf(name)
    const seen = [...new Set(train.rows.map((row) => row[trainIndex] ?? ''))].sort()
    if (seen.every((value) => value !== '' && Number.isFinite(Number(value))))
      encoders.push((row) => [Number(row[index])])
    else encoders.push((row) => seen.map((value) => (row[index] === value ? 1 : 0)))
  }
  return table.rows.map((row) => encoders.flatMap((encode) => encode(row)))
}

export function toCsv(columns: string[], rows: (string | number)[][]): Uint8Array {
  return new TextEncoder().encode(csvText([columns, ...rows]))
}
