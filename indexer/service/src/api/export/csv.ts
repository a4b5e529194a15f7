/** Tables as CSV (RFC 4180) for spreadsheets and notebooks. */
import type { Cell, Columns } from './columns.ts'

export const csvHead = <Row>(columns: Columns<Row>): string => `${Object.keys(columns).map(cell).join(',')}\r\n`

export const csvLine = <Row>(columns: Columns<Row>, row: Row): string =>
  `${Object.values(columns)
    .map(({ of }) => cell(of(row)))
    .join(',')}\r\n`

/**
 * Spreadsheets take text that begins so for a formula, which could send what stands beside it anywhere (CWE-1236); with a sign of
 * full width as well. Where lists are separated by another sign than a comma, a cell begins behind each of these, quoted or not.
 */
const FORMULA = /(^|[;|\t\r\n])("*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])/g
const NUMBER = /^-?\d+(\.\d+)?$/
/** Without a sign that separates anything anywhere. Other text is quoted. */
const BARE = /^[\w.:-]*$/

export function cell(value: Cell): string {
  if (value === null) return ''
  const plain = String(value)
  if (NUMBER.test(plain)) return plain
  const safe = plain.replaceAll(FORMULA, (found) => `${found}'`)
  return BARE.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`
}
