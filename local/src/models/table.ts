/** The shipped data sets as columns and rows: plain CSV without quotes, which `data/make.py` wrote. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Table = { columns: string[]; rows: string[][] }

export const DATA = fileURLToPath(new URL('../../data/', import.meta.url))

export function parseTable(text: string): Table {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  return { columns: head.split(','), rows: lines.map((line) => line.split(',')) }
}

export function readTable(path: string): Table {
  return parseTable(readFileSync(path, 'utf8'))
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
  return new TextEncoder().encode(`${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`)
}
