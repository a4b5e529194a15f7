/** The archive in partitions: made in time, read as far as a question reaches, and begun with what was there before. */
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../api/app.ts'
import { type EventFilter, eventList, eventView } from '../api/read/events.ts'
import { checked, createTestApi } from '../testing/api.ts'
import { statements } from '../testing/buffers.ts'
import { createEventChain } from '../testing/chain.ts'
import {
  createIndexerDatabase,
  type IndexerDatabase,
  openKysely,
  openLogged,
  type Statement,
} from '../testing/database.ts'
import { contractOf } from '../testing/random.ts'
import { tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import { comparable } from '../verify/look.ts'
import { compareState } from '../verify/sweep.ts'
import { addToArchive, readHistory } from './archive.ts'
import type { Database } from './database.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { boundOf, makePartitions, SPAN } from './partitions.ts'

const idOf = (ledger: number): string => `${(BigInt(ledger) << 32n).toString().padStart(19, '0')}-0000000001`

function event(ledger: number, challenge: number) {
  return {
    ...{ id: idOf(ledger), ledger, closedAt: ledger * 5, txHash: ledger.toString(16).padStart(64, '0') },
    ...{ topics: [], value: '', decoded: { type: 'topped_up', challenge } as never },
  }
}

const LEDGERS = [5, SPAN - 1, SPAN, 3 * SPAN + 7, 4 * SPAN - 10]

async function partsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'events'::regclass order by 1`,
  )
  return (rows as { name: string }[]).map(({ name }) => name)
}

/** The partitions that a statement reads. */
async function readBy(client: Client, { sql: text, parameters }: Statement): Promise<string[]> {
  const { rows } = await client.query(`explain (analyze, format json) ${text}`, [...parameters])
  type Plan = { 'Relation Name'?: string; 'Actual Loops': number; Plans?: Plan[] }
  const read = (plan: Plan): string[] => [
    ...(plan['Actual Loops'] > 0 ? [plan['Relation Name'] ?? ''] : []),
    ...(plan.Plans ?? []).flatMap(read),
  ]
  const names = read(rows[0]['QUERY PLAN'][0].Plan).filter((name) => /^events_\d+$/.test(name))
  return [...new Set(names)].sort()
}

let database: IndexerDatabase
let logged: Kysely<Database>
let asked: Statement[] = []
beforeAll(async () => {
  database = await createIndexerDatabase()
  logged = openLogged(database.url, (statement) => asked.push(statement))
  await withClient(database.url, async (client) => {
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('n', 'c', 1, 0)")
    await addToArchive(
      client,
      LEDGERS.map((ledger, index) => event(ledger, index + 1)),
    )
  })
})
afterAll(async () => {
  await logged?.destroy()
  await database?.drop()
})

test('each part is made with its first event, and the next one a day before it begins', () =>
  withClient(database.url, async (client) => {
    expect(await partsOf(client)).toEqual(['events_0', 'events_1', 'events_3', 'events_4'])
    const { rows } = await client.query('select tableoid::regclass::text as part from events order by id')
    expect(rows.map(({ part }) => part)).toEqual(['events_0', 'events_0', 'events_1', 'events_3', 'events_3'])
    // Again, and with two at once, which the lock on the progress keeps apart.
    await makePartitions(client, LEDGERS)
    expect(await partsOf(client)).toHaveLength(4)
    expect(boundOf(1) < idOf(SPAN) && boundOf(1) > idOf(SPAN - 1)).toBe(true)
  }))

test('a page reads the parts in which it may be, and a past ledger nothing behind it', async () => {
  const parts = async (after: number | null, order: 'oldest' | 'newest', filter: EventFilter = {}) => {
    asked = []
    const list = eventList(logged, { order, ...filter })
    const rows = await list.rows({ after: after === null ? null : [idOf(after)], back: false, limit: 21 })
    return withClient(database.url, async (client) => ({
      ledgers: rows.map((row) => eventView(row).ledger),
      parts: await readBy(client, asked[0]!),
    }))
  }
  expect(await parts(3 * SPAN, 'oldest')).toEqual({ ledgers: LEDGERS.slice(3), parts: ['events_3', 'events_4'] })
  expect(await parts(SPAN, 'newest')).toEqual({ ledgers: [SPAN - 1, 5], parts: ['events_0', 'events_1'] })
  expect(await parts(3 * SPAN, 'oldest', { challenge: 4 })).toMatchObject({ parts: ['events_3'] })
  expect(await parts(null, 'oldest', { challenge: 3 })).toEqual({ ledgers: [SPAN], parts: ['events_1'] })
  expect(await parts(null, 'newest', { challenge: 2 })).toEqual({ ledgers: [SPAN - 1], parts: ['events_0'] })
  // What is behind a position may be in its own part.
  expect(await parts(SPAN, 'newest', { type: 'topped_up' })).toMatchObject({ parts: ['events_0', 'events_1'] })
  expect(await parts(SPAN, 'oldest', { challenge: 3 })).toEqual({ ledgers: [], parts: ['events_1'] })
  expect(await parts(2 * SPAN, 'oldest', { challenge: 3 })).toEqual({ ledgers: [], parts: [] })
  expect(await parts(null, 'oldest', { type: 'settled' })).toEqual({ ledgers: [], parts: [] })
})

test('the last event of a challenge is looked for in its own partitions', () =>
  withClient(database.url, async (client) => {
    await addToArchive(client, [event(3 * SPAN + 8, 2), event(3 * SPAN + 9, 2)])
    const last = (first: number) => comparable(client, 2, { recorded: { modified: 0, first } } as never)
    expect(await last(3 * SPAN + 8)).toBe(false)
    expect(await last(3 * SPAN + 9)).toBe(true)
    for (const [challenge, parts] of [
      [3, ['events_1']],
      // From the last one on.
      [2, ['events_3']],
      [77, []],
      // Stands for any challenge in `event_parts`, and has no events itself.
      [0, []],
    ] as const) {
      const sent: Statement[] = []
      const noting = {
        query(text: string, values: unknown[] = []) {
          if (text.includes('from sync')) sent.push({ sql: text, parameters: values })
          return client.query(text, values)
        },
      } as unknown as Client
      await comparable(noting, challenge, { recorded: { modified: 0, first: 0 } } as never)
      await compareState(noting, challenge, { state: {} as never, ledger: -1 })
      expect(sent).toHaveLength(2)
      for (const statement of sent) expect(await readBy(client, statement), String(challenge)).toEqual(parts)
    }
  }))

test('what was in a past ledger is read from the parts up to it', async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  const api = await createTestApi(chain)
  await withClient(api.database.url, (client) => addToArchive(client, [event(3 * SPAN, 1)]))
  const { db, take } = statements(api.database.url)
  const ask = checked(createApp({ ...api.deps, db }))
  for (const path of ['', '/submissions', '/leaderboard']) {
    expect((await ask(`/v1/challenges/1${path}?at_ledger=${chain.events.at(-1)!.place.ledger - 1}`)).status).toBe(200)
    const read = take().filter((statement) => statement.sql.includes('from "events"'))
    expect(read.length).toBeGreaterThan(0)
    const parts = await withClient(api.database.url, (client) => Promise.all(read.map((one) => readBy(client, one))))
    expect([...new Set(parts.flat())], path).toEqual(['events_0'])
  }
  await db.destroy()
  await api.close()
})

test('a page stops at the first part that fills it, though the others come into question', async () => {
  const { rows } = await sql<{ plan: string }>`explain (analyze, costs off, timing off, summary off)
    select * from events order by id limit 1`
    .execute(database.db)
    .then((result) => ({ rows: result.rows as unknown as Record<string, string>[] }))
  const text = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).not.toContain('Sort')
  expect(text.match(/never executed/g)?.length).toBe(3)
})

test('an archive from before becomes the first part, is read with what comes after, and goes back', async () => {
  const old = await createTestDatabase()
  const db = openKysely(old.url)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  await migrator.migrateTo('2026_12_04_recount')
  await withClient(old.url, async (client) => {
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('n', 'c', 1, 0)")
    for (const ledger of [7, 2 * SPAN + 5])
      await client.query(
        "insert into events (id, ledger, closed_at, tx_hash, type, challenge, topics, value) values ($1, $2, 1, '', 'x', 1, '{}', '')",
        [idOf(ledger), ledger],
      )
    await migrate(db)
    await addToArchive(client, [event(9, 1), event(2 * SPAN + 6, 1), event(3 * SPAN, 1)])
    expect(await partsOf(client)).toEqual(['events_3', 'events_to_3'])
    const ledgers = async () => (await readHistory(client, 1)).map(({ ledger }) => ledger)
    const all = [7, 9, 2 * SPAN + 5, 2 * SPAN + 6, 3 * SPAN]
    expect(await ledgers()).toEqual(all)
    await expect(client.query('insert into events select * from events limit 1')).rejects.toThrow(/duplicate key/)
    await migrator.migrateDown()
    expect(await ledgers()).toEqual(all)
    await migrate(db)
    expect(await ledgers()).toEqual(all)
  })
  await db.destroy()
  await old.drop()
})
