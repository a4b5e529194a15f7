/** Requests of one moment read one snapshot; none of them reads a state that is older than its question, or fails for another. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { withClient } from '../testing/tables.ts'
import { createReadings, type Readings } from './together.ts'

let database: IndexerDatabase
let asked = 0
let readings: Readings<number>
beforeAll(async () => {
  database = await createIndexerDatabase()
  await withClient(database.url, (client) => client.query('create table counted (n int)'))
  readings = createReadings(database.db, async (db) => {
    asked += 1
    const { rows } = await sql<{ n: string }>`select count(*) as n from counted`.execute(db)
    return Number(rows[0]!.n)
  })
})
afterAll(() => database?.drop())

const write = () => withClient(database.url, (client) => client.query('insert into counted values (1)'))

async function read(): Promise<number> {
  const { reading, state } = await readings.together()
  const n = await state
  reading.end()
  return n
}

test('those who ask in one turn share a question, and some at most', async () => {
  asked = 0
  const all = await Promise.all(Array.from({ length: 9 }, read))
  expect([new Set(all).size, asked]).toEqual([1, 2])
  asked = 0
  await Promise.all(Array.from({ length: 25 }, read))
  expect(asked).toBe(4)
  asked = 0
  await read()
  await read()
  expect(asked).toBe(2)
})

test('what was written before a question is in its answer, whatever is being asked meanwhile', async () => {
  for (let round = 0; round < 10; round++) {
    const early = [read(), read()]
    await write()
    const before = await read()
    const other = read()
    await write()
    const [one, two] = await Promise.all([read(), read()])
    expect([one, two]).toEqual([before + 1, before + 1])
    await Promise.all([...early, other])
  }
})

test('a snapshot lasts until the last of its readers has ended, and each of them ends on its own', async () => {
  const first = await readings.together()
  const [second, third] = await Promise.all([readings.together(), readings.together()])
  const count = async ({ reading }: typeof first) => {
    const { rows } = await sql<{ n: string }>`select count(*) as n from counted`.execute(reading.db)
    return Number(rows[0]!.n)
  }
  const before = await second.state
  second.reading.end()
  await write()
  expect(await count(third)).toBe(before)
  await expect(count(second)).rejects.toThrow('has ended')
  first.reading.end()
  third.reading.end()
  expect(await read()).toBe(before + 1)
})
