/** A migrated database for one test. */
import { createTestDatabase, type TestDatabase } from '@stellartrain/indexer-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import type { Database } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { openPrepared } from '../store/prepared.ts'

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
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: openPrepared(url, { max: 4 }) }) })
}

export type Statement = { sql: string; parameters: readonly unknown[] }

/** Each statement is told before it is sent. */
export function openLogged(url: string, told: (statement: Statement) => void): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPrepared(url, { max: 4 }) }),
    log: ({ query: { sql, parameters } }) => told({ sql, parameters }),
  })
}

async function migrateOnce(url: string): Promise<void> {
  const db = openKysely(url)
  await migrate(db)
  await db.destroy()
}
