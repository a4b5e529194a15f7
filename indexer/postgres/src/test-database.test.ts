/** Test databases: apart from each other, cloned from a template that is prepared once. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
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

test('a run that is over leaves neither a server nor a folder, also while its runner still lives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stellartrain-ended-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  // Its server may run as another user, who has to pass.
  await chmod(folder, 0o711)
  const code = `
    const { createTestDatabase, endTestServer } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))})
    const { readdirSync } = await import('node:fs')
    const { url } = await createTestDatabase({ run: process.pid })
    const before = readdirSync(process.env.TMPDIR)
    await endTestServer(process.pid)
    console.log(JSON.stringify({ port: Number(new URL(url).port), before, after: readdirSync(process.env.TMPDIR) }))
  `
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, TMPDIR: folder },
  })
  const { port, before, after } = JSON.parse(stdout) as { port: number; before: string[]; after: string[] }
  expect(before).toHaveLength(1)
  expect(after).toEqual([])
  await expect(run(`postgres://nobody@127.0.0.1:${port}/postgres`, 'select 1')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  })
})
