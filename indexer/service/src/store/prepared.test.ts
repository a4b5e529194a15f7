/** Connections that parse each statement once, on a real Postgres. */
import type { PostgresPoolClient } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { openPool } from './pool.ts'
import { preparing } from './prepared.ts'

let database: IndexerDatabase
beforeAll(async () => {
  database = await createIndexerDatabase()
})
afterAll(() => database?.drop())

test('a connection that is lost before it is handed out takes no place in the pool', async () => {
  const pool = openPool(database.url, { max: 1, pipeline: true })
  let lose = true
  pool.on('connect', (client) => {
    if (lose) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  })
  const ours = preparing(pool)
  await expect(ours.connect()).rejects.toThrow()
  lose = false
  const client = await ours.connect()
  expect((await client.query<{ one: number }>('select 1 as one', [])).rows).toEqual([{ one: 1 }])
  client.release()
  // Would wait for ever for a connection that nobody gives back.
  await ours.end()
})

test('a transaction begins with its first statement, statements have names, and plans are made for their values', async () => {
  const ours = preparing(openPool(database.url, { max: 1, pipeline: true }))
  const client = await ours.connect()
  const rows = async <Row>(on: PostgresPoolClient, sql: string, values: unknown[] = []) =>
    (await on.query<Row>(sql, values)).rows
  await client.query('start transaction isolation level repeatable read, read only', [])
  expect(await rows(client, 'show transaction_isolation')).toEqual([{ transaction_isolation: 'repeatable read' }])
  await client.query('rollback', [])
  // With nothing in it, and with values in its first statement.
  await client.query('begin', [])
  await client.query('rollback', [])
  await client.query('begin', [])
  expect(await rows(client, 'select $1::int as n', [7])).toEqual([{ n: 7 }])
  await client.query('rollback', [])
  await rows(client, 'select $1::int as n', [8])
  expect(await rows(client, 'select statement from pg_prepared_statements order by 1')).toContainEqual({
    statement: 'select $1::int as n',
  })
  expect(await rows(client, 'show plan_cache_mode')).toEqual([{ plan_cache_mode: 'force_custom_plan' }])
  client.release()
  await ours.end()
})

test('a transaction that only reads ends by itself a moment later, and one that writes at once', async () => {
  const ours = preparing(openPool(database.url, { max: 2, pipeline: true }))
  const [client, other] = [await ours.connect(), await ours.connect()]
  const { processID } = client as unknown as { processID: number }
  const state = async () => {
    const asked = await other.query<{ state: string }>('select state from pg_stat_activity where pid = $1', [processID])
    return asked.rows[0]!.state
  }
  await client.query('start transaction isolation level repeatable read, read only', [])
  await client.query('select 1 as one', [])
  expect(await state()).toBe('idle in transaction')
  await client.query('rollback', [])
  await vi.waitUntil(async () => (await state()) === 'idle', { timeout: 240_000 })
  await client.query('begin', [])
  await client.query('create temporary table t (n int)', [])
  await client.query('rollback', [])
  expect(await state()).toBe('idle')
  client.release()
  other.release()
  await ours.end()
})

test('a statement that begins a transaction has its plan from the second time on, and one that is refused breaks nothing', async () => {
  const ours = preparing(openPool(database.url, { max: 1, pipeline: true }))
  const begun = async (sql: string) => {
    const client = await ours.connect()
    try {
      await client.query('start transaction isolation level repeatable read, read only', [])
      const { rows } = await client.query(sql, [])
      await client.query('rollback', [])
      return rows
    } finally {
      client.release()
    }
  }
  expect(await begun('select 5 as n')).toEqual([{ n: 5 }])
  expect(await begun('select 5 as n')).toEqual([{ n: 5 }])
  const known = await begun("select statement from pg_prepared_statements where name like 'first%' order by 1")
  expect(JSON.stringify(known)).toContain('select 5 as n')
  await expect(begun('select 1 / 0 as n')).rejects.toThrow('division by zero')
  await expect(begun('select 1 / 0 as n')).rejects.toThrow('division by zero')
  expect(await begun('select 5 as n')).toEqual([{ n: 5 }])
  await ours.end()
})
