/** The columns of a table that people take away: one list for CSV and for Parquet. */

export type Cell = string | number | boolean | null

/** How a column is typed in Parquet; CSV has text alone. Amounts are text: they have more digits than any number of Parquet's. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'time'

export type Column<Row> = { type: ColumnType; of: (row: Row) => Cell }
export type Columns<Row> = Readonly<Record<string, Column<Row>>>

export const column =
  (type: ColumnType) =>
  <Row>(of: (row: Row) => Cell): Column<Row> => ({ type, of })

export const text = column('text')
export const integer = column('integer')
export const yesNo = column('boolean')
export const time = column('time')
