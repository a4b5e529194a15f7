/** Several processes start at once on an empty database; an older program meets a newer database. */
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { readPage } from '../source/page.ts'
import { createIndexerDatabase, openKysely } from '../testing/database.ts'
import { randomHistory } from '../testing/history.ts'
import { dumpTables, withClient } from '../testing/tables.ts'
import { commitPage } from './commit.ts'
import { MIGRATIONS, migrate } from './migrate.ts'

test('concurrent starts migrate once', async () => {
  const database = await createTestDatabase()
  const all = Array.from({ length: 5 }, () => openKysely(database.url))
  await Promise.all(all.map((db) => migrate(db)))
  const [first] = all
  expect(await first!.selectFrom('challenges').selectAll().execute()).toEqual([])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kysely_migration`.execute(first!)
  expect(rows).toEqual([{ n: 4 }])

  await sql`insert into kysely_migration values ('9999_01_01_later', now())`.execute(first!)
  await expect(migrate(first!)).rejects.toMatchObject({ code: 'newer_database' })
  for (const db of all) await db.destroy()
  await database.drop()
})

test('a database of bounties from before the other payout rules is brought up as it would have been written today', async () => {
  const history = randomHistory({ challenges: 30, submissions: 60, seed: 24 })
  const { url, db, drop } = await createIndexerDatabase()
  await withClient(url, async (client) => {
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('old', $1, 1, 0)", [
      history.contract,
    ])
    const answer = { events: history.raw, cursor: history.raw.at(-1)!.id, latestLedger: history.ledger() }
    await commitPage(client, readPage(answer, history.contract), { acceptMissing: false })
  })
  const before = await dumpTables(url)
  expect(before.boards!.length).toBeGreaterThan(10)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  expect((await migrator.migrateTo('2026_11_23_event_count')).error).toBeUndefined()
  await expect(db.selectFrom('boards').selectAll().execute()).rejects.toThrow('does not exist')
  await migrate(db)
  expect(await dumpTables(url)).toEqual(before)
  await drop()
})
