/** Many rows in one statement: COPY for new ones, an upsert from arrays for changed ones. */
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Table, Value } from './tables.ts'

/** A statement to be made ready and a way to send it. `null`: there is nothing to write. */
export type Write = { prepare: () => (() => Promise<unknown>) | null }

/** Sends one write after the other; while the server works on one, the next is made ready. */
export async function writeInTurn(writes: readonly Write[]): Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  for (const write of writes) {
    const send = write.prepare()
    await running
    if (!send) continue
    running = send()
    // Its error is met by the next `await`.
    running.catch(() => {})
  }
  await running
}

/** Rows that are new, by construction. */
export function copy<Row>(client: ClientBase, table: Table<Row>, rows: Iterable<Row>): Write {
  return {
    prepare() {
      const pieces = copyPieces(table, rows)
      if (pieces.length === 0) return null
      const names = table.columns.map(([name]) => name).join(', ')
      return () => {
        const stream = client.query(copyFrom(`copy ${table.name} (${names}) from stdin`))
        return new Promise<void>((resolve, reject) => {
          stream.on('error', reject)
          stream.on('finish', resolve)
          for (const piece of pieces) stream.write(piece)
          stream.end()
        })
      }
    },
  }
}

/** Text is put together from many small ones, and turned into bytes while all of it is still at hand. */
const PIECE = 32 * 1024

/** Rows in the text format of COPY, in UTF-8. */
export function copyPieces<Row>(table: Table<Row>, rows: Iterable<Row>): Buffer[] {
  const [first, ...others] = table.columns.map(([, , read]) => read)
  const pieces: Buffer[] = []
  let text = ''
  for (const row of rows) {
    text += field(first!(row))
    for (const read of others) text += `\t${field(read(row))}`
    text += '\n'
    if (text.length < PIECE) continue
    pieces.push(Buffer.from(text))
    text = ''
  }
  if (text !== '') pieces.push(Buffer.from(text))
  return pieces
}

const SPECIAL = /[\\\n\r\t]/

function field(value: Value | readonly string[]): string {
  if (typeof value === 'string') return SPECIAL.test(value) ? escaped(value) : value
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  // Topics are base64: nothing in them needs quotes inside an array.
  if (typeof value === 'object') return `{${value.join(',')}}`
  return value.toString()
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
}

/** Inserts rows or replaces those with the same key. */
export function upsert<Row>(client: ClientBase, table: Table<Row>, rows: readonly Row[]): Write {
  return {
    prepare() {
      if (rows.length === 0) return null
      const names = table.columns.map(([name]) => name)
      const arrays = table.columns.map(([, type], index) => `$${index + 1}::${type}[]`)
      const changes = names.filter((name) => !table.key.includes(name)).map((name) => `${name} = excluded.${name}`)
      const values = table.columns.map(([, , read]) => rows.map((row) => plain(read(row))))
      const text = `insert into ${table.name} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})
        on conflict (${table.key.join(', ')}) do update set ${changes.join(', ')}`
      return () => client.query({ name: `upsert ${table.name}`, text, values })
    },
  }
}

function plain(value: Value | readonly string[]): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
