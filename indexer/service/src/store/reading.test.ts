/** Many statements of one state, asked together, on a real Postgres. */
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { withClient } from '../testing/tables.ts'
import type { Database } from './database.ts'
import { beginReading } from './reading.ts'

let database: IndexerDatabase
beforeAll(async () => {
  database = await createIndexerDatabase()
  await withClient(database.url, (client) => client.query('create table counted (n int)'))
})
afterAll(() => database?.drop())

const count = async (db: Kysely<Database>) => {
  const { rows } = await sql<{ n: string }>`select count(*) as n from counted`.execute(db)
  return Number(rows[0]!.n)
}
const write = () => withClient(database.url, (client) => client.query('insert into counted values (1)'))

test('all of them see the state of the first, and none of them may write', async () => {
  const before = await count(database.db)
  const reading = await beginReading(database.db)
  const together = await Promise.all([count(reading.db), count(reading.db), count(reading.db)])
  await write()
  expect([...together, await count(reading.db)]).toEqual([before, before, before, before])
  await expect(sql`insert into counted values (2)`.execute(reading.db)).rejects.toThrow(/read-only/)
  reading.end()
  expect(await count(database.db)).toBe(before + 1)
})

test('what is asked after its end is refused, and its connection reads the newest state again', async () => {
  const reading = await beginReading(database.db)
  const before = await count(reading.db)
  reading.end()
  await expect(count(reading.db)).rejects.toThrow('has ended')
  await write()
  // More than the pool has connections: each of them is asked again after its end.
  const all = await Promise.all(Array.from({ length: 12 }, () => count(database.db)))
  expect(new Set(all)).toEqual(new Set([before + 1]))
})

test('a statement that fails takes no other with it into a state of its own', async () => {
  const reading = await beginReading(database.db)
  await count(reading.db)
  const [failed, later] = await Promise.allSettled([sql`select 1 / 0`.execute(reading.db), count(reading.db)])
  expect([failed.status, later.status]).toEqual(['rejected', 'rejected'])
  reading.end()
  expect(await count(database.db)).toBeGreaterThan(0)
})
