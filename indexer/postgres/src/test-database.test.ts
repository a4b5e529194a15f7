/** Test databases: apart from each other, cloned from a template that is prepared once. */
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './test-database.ts'

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('clones of a template do not see each other, and the template is prepared once', async () => {
  let prepared = 0
  const template = {
    name: `of this test ${process.pid}`,
    prepare: async (url: string) => {
      prepared += 1
      await run(url, 'create table seeded as select 1 as n')
    },
  }
  const [one, two] = await Promise.all([createTestDatabase({ template }), createTestDatabase({ template })])
  await run(one.url, 'insert into seeded values (2)')
  expect(await run(one.url, 'select count(*)::int as n from seeded')).toEqual([{ n: 2 }])
  expect(await run(two.url, 'select count(*)::int as n from seeded')).toEqual([{ n: 1 }])
  expect(prepared).toBe(1)
  await one.drop()
  await expect(run(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' })
  await two.drop()
})
