/** Tables as Parquet: a row group at a time, so that no table is ever whole in memory. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Cell, Columns, ColumnType } from './columns.ts'

const GROUP_ROWS = 10_000

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const

function typed(type: ColumnType, value: Cell) {
  if (value === null) return null
  if (type === 'integer') return BigInt(value)
  if (type === 'time') return new Date(String(value))
  return value
}

/** @param about what the file says of itself */
export async function* parquet<Row>(
  columns: Columns<Row>,
  pages: AsyncIterable<Row[]>,
  about: { key: string; value: string }[],
): AsyncGenerator<Uint8Array> {
  const list = Object.entries(columns)
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    createdBy: 'stellartrain',
    kvMetadata: about,
    schema: [
      { name: 'root', num_children: list.length },
      ...list.map(([name, { type }]) => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' as const })),
    ],
  })
  /** What was written since; the file's own positions go on counting. */
  const written = () => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  let rows: Row[] = []
  const write = () => {
    const columnData = list.map(([name, { type, of }]) => ({ name, data: rows.map((row) => typed(type, of(row))) }))
    file.write({ columnData, rowGroupSize: GROUP_ROWS })
    rows = []
    return written()
  }
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length >= GROUP_ROWS) yield write()
  }
  if (rows.length > 0) yield write()
  file.finish()
  yield written()
}
