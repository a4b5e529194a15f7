/**
 * How fast events become raw rows and projections, beside a plain COPY of the very same rows into bare tables in the
 * same database: what decoding, projecting and the indexes cost. Prints two JSON lines: events a second, and for a second of CPU, this
 * process's and the connection's of Postgres, which whatever else runs on the machine does not change.
 */
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { readPageInPieces } from '../src/source/page.ts'
import { readAhead } from '../src/source/pages.ts'
import { copy, writeInTurn } from '../src/store/bulk.ts'
import { commitPage } from '../src/store/commit.ts'
import type { Database } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import type { Table } from '../src/store/tables.ts'
import { randomHistory } from '../src/testing/history.ts'
import { cpuOf, since } from './cpu.ts'

const PAGE = 5_000
const ROUNDS = 5
const challenges = Number(process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? 40)

// More places than solvers: no challenge ends before its last submission.
const { contract, count, answers } = told()
const database = await createTestDatabase({ run: process.pid })
const db = new Kysely<Database>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url }) }),
})
await migrate(db)
await db.destroy()
const client = new pg.Client({ connectionString: database.url })
await client.connect()
await client.query("insert into sync (network, contract, first_ledger, ledger) values ('bench', $1, 1, 0)", [contract])

await ingest()
const copies = await readBack()
type Rate = { asecond: number; acpu: number }
const best = { ours: { asecond: 0, acpu: 0 }, reference: { asecond: 0, acpu: 0 } }
// In turns, and the best of each: other work on the machine slows both, not one.
for (let round = 0; round < ROUNDS; round++) {
  best.ours = better(best.ours, await rate(ingest))
  best.reference = better(best.reference, await rate(copyAll))
}
tell('', 'events/s', ({ asecond }) => asecond)
tell(', by CPU', 'events/CPU s', ({ acpu }) => acpu)
await client.end()
await database.drop()

async function rate(work: () => Promise<void>): Promise<Rate> {
  const [own, connection, begin] = [process.cpuUsage(), cpuOf(database.url), performance.now()]
  await work()
  const seconds = (performance.now() - begin) / 1_000
  const { user, system } = process.cpuUsage(own)
  const spent = (user + system) / 1e6 + since(connection, cpuOf(database.url))
  const written = copies.map(({ table }) => table.name)
  await client.query(`truncate ${[...written, ...written.map((name) => name.replace('copy_', ''))].join(', ')}`)
  await client.query("update sync set cursor = '', last_event = '', ledger = 0")
  return { asecond: count / seconds, acpu: count / spent }
}

function better(one: Rate, other: Rate): Rate {
  return { asecond: Math.max(one.asecond, other.asecond), acpu: Math.max(one.acpu, other.acpu) }
}

function tell(how: string, unit: string, of: (rate: Rate) => number): void {
  const rows = copies.reduce((sum, copy) => sum + copy.rows.length, 0)
  process.stdout.write(
    `${JSON.stringify({
      bench: 'index',
      what: `${count} events into raw rows and projections (${rows} rows)${how}`,
      ours: Math.round(of(best.ours)),
      reference: Math.round(of(best.reference)),
      referenceName: 'Postgres COPY of the same rows',
      unit,
      ratio: Math.round((of(best.ours) / of(best.reference)) * 1000) / 1000,
    })}\n`,
  )
}

async function ingest(): Promise<void> {
  for await (const page of readAhead(pages())) await commitPage(client, page, { acceptMissing: false })
}

async function copyAll(): Promise<void> {
  for (const { table, rows } of copies) {
    const pieces = []
    for (let at = 0; at < rows.length; at += PAGE) pieces.push(copy(client, table, rows.slice(at, at + PAGE)))
    await writeInTurn(pieces)
  }
}

/** Answers as they leave the network, as bytes: an indexer does not hold the whole history either. */
function told() {
  const history = randomHistory({ challenges, submissions: 1_000, winners: 50, seed: 1 })
  const answers: Buffer[] = []
  for (let at = 0; at < history.raw.length; at += PAGE) {
    const events = history.raw.slice(at, at + PAGE)
    answers.push(Buffer.from(JSON.stringify({ events, cursor: events.at(-1)!.id, latestLedger: history.ledger() })))
  }
  return { contract: history.contract, count: history.raw.length, answers }
}

async function* pages() {
  for (const answer of answers) yield await readPageInPieces(JSON.parse(answer.toString()), contract)
}

type Row = (string | null)[]

/** Every row that was written, as text, and a bare table with a primary key for it. */
async function readBack(): Promise<{ table: Table<Row>; rows: Row[] }[]> {
  const found = []
  for (const name of [
    'events',
    'challenges',
    'challenge_oracles',
    'submissions',
    'votes',
    'payments',
    'oracle_keys',
    'reveals',
    'shares',
    'places',
    'rankings',
    'epoch_votes',
    'claims',
    'best_scores',
  ]) {
    await client.query(`create table copy_${name} (like ${name} including defaults including constraints)`)
    const { rows: keys } = await client.query(
      `select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
       where i.indrelid = $1::regclass and i.indisprimary`,
      [name],
    )
    await client.query(`alter table copy_${name} add primary key (${keys.map((key) => key.attname).join(', ')})`)
    const { fields } = await client.query(`select * from ${name} limit 0`)
    const columns = fields.map((field) => field.name)
    const { rows } = await client.query({
      text: `select ${columns.map((column) => `${column}::text`).join(', ')} from ${name}`,
      rowMode: 'array',
    })
    const table: Table<Row> = {
      name: `copy_${name}`,
      key: [],
      columns: columns.map((column, index) => [column, 'text', (row: Row) => row[index] ?? null]),
    }
    found.push({ table, rows: rows as Row[] })
  }
  await client.query(`truncate ${found.map(({ table }) => table.name.replace('copy_', '')).join(', ')}`)
  await client.query("update sync set cursor = '', last_event = '', ledger = 0")
  return found
}
