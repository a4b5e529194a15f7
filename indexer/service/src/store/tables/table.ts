/** One list of columns for each table, used by COPY, by upserts and by the comparison. */

export type Value = string | number | bigint | boolean | null

export type Table<Row> = {
  name: string
  key: readonly string[]
  /** [column, SQL type, value] */
  columns: readonly (readonly [string, string, (row: Row) => Value | readonly string[]])[]
}

export const NUMERIC = 'numeric'
