/** Statements whose columns are described once, on a real Postgres. */
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { withClient } from '../testing/tables.ts'
import { askNamed } from './named-query.ts'
import { openPool } from './pool.ts'

let database: IndexerDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createIndexerDatabase()
  await withClient(database.url, (client) => client.query('create table told (n int, words text[], big bigint)'))
  pool = openPool(database.url, { max: 1, pipeline: true })
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

type Wire = { connection: { on(event: string, heard: () => void): void } }

test('rows are the same the second time, and are described the first time only', async () => {
  await withClient(database.url, (client) =>
    client.query("insert into told values (1, '{a,b}', 5), (2, null, 9007199254740993)"),
  )
  const client = await pool.connect()
  let described = 0
  ;(client as unknown as Wire).connection.on('rowDescription', () => {
    described += 1
  })
  const ask = async (least: number) =>
    (await askNamed(client, 'told', 'select * from told where n >= $1 order by n', [least])).rows
  const first = await ask(1)
  expect(first).toEqual([
    { n: 1, words: ['a', 'b'], big: '5' },
    { n: 2, words: null, big: '9007199254740993' },
  ])
  const again = await Promise.all([ask(1), ask(2), ask(3)])
  expect(again).toEqual([first, [first[1]], []])
  expect(described).toBe(1)
  client.release()
})

test('a statement that fails, or whose table has changed, is refused, and the next one is answered', async () => {
  const client = await pool.connect()
  const divide = (by: number) => askNamed(client, 'divided', 'select 6 / $1::int as n', [by])
  expect((await divide(2)).rows).toEqual([{ n: 3 }])
  await expect(divide(0)).rejects.toThrow('division by zero')
  expect((await divide(3)).rows).toEqual([{ n: 2 }])
  const all = () => askNamed(client, 'all', 'select * from told', [])
  await all()
  await withClient(database.url, (other) => other.query('alter table told add column more int'))
  await expect(all()).rejects.toMatchObject({ code: '0A000' })
  expect((await divide(6)).rows).toEqual([{ n: 1 }])
  client.release()
})
