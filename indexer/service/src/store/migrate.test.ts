/** Several processes start at once on an empty database; an older program meets a newer database. */
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openKysely } from '../testing/database.ts'
import { MIGRATIONS, migrate } from './migrate.ts'

test('concurrent starts migrate once', async () => {
  const database = await createTestDatabase()
  const all = Array.from({ length: 5 }, () => openKysely(database.url))
  await Promise.all(all.map((db) => migrate(db)))
  const [first] = all
  expect(await first!.selectFrom('challenges').selectAll().execute()).toEqual([])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kysely_migration`.execute(first!)
  expect(rows).toEqual([{ n: Object.keys(MIGRATIONS).length }])

  await sql`insert into kysely_migration values ('9999_01_01_later', now())`.execute(first!)
  await expect(migrate(first!)).rejects.toMatchObject({ code: 'newer_database' })
  for (const db of all) await db.destroy()
  await database.drop()
})
