/** Tables as CSV (RFC 4180) for spreadsheets and notebooks. */
import type { Cell, Columns } from './columns.ts'

export const csvHead = <Row>(columns: Columns<Row>): string => `${Object.keys(columns).map(cell).join(',')}\r\n`

export const csvLine = <Row>(columns: Columns<Row>, row: Row): string =>
  `${Object.values(columns)
    .map(({ of }) => cell(of(row)))
    .join(',')}\r\n`

/** Spreadsheets take text that begins so for a formula, which could send what stands beside it anywhere (CWE-1236). */
const FORMULA = /^[=+\-@\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/

export function cell(value: Cell): string {
  if (value === null) return ''
  const plain = String(value)
  const safe = FORMULA.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
