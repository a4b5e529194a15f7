/** A migrated database for one test. */
import { createTestDatabase, type TestDatabase } from '@stellartrain/indexer-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'

export type IndexerDatabase = TestDatabase & { db: Kysely<Database> }

export async function createIndexerDatabase(): Promise<IndexerDatabase> {
  const database = await createTestDatabase({ template: { name: 'indexer', prepare: migrateOnce } })
  const db = openKysely(database.url)
  return {
    url: database.url,
    db,
    async drop() {
      await db.destroy()
      await database.drop()
    },
  }
}

export function openKysely(url: string): Kysely<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  pool.on('error', () => {})
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

async function migrateOnce(url: string): Promise<void> {
  const db = openKysely(url)
  await migrate(db)
  await db.destroy()
}
