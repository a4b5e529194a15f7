/** Columns of published files, read by the grading engine's own rules. */
import { csvRows } from '@stellartrain/oracle-grade/csv'

export { csvRows, csvText } from '@stellartrain/oracle-grade/csv'

/** The values of a column; undefined if the header does not have it, a row is too short, or the file cannot be read. */
export function columnValues(bytes: Uint8Array, column: string): string[] | undefined {
  const [header, ...rows] = csvRows(bytes) ?? []
  const at = header?.indexOf(column) ?? -1
  if (at < 0) return undefined
  const values = rows.map((row) => row[at])
  return values.every((value) => value !== undefined) ? values : undefined
}
