/** Fresh databases for tests: one server for a whole test run, one database per call, cloned from a template. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'

export type TestDatabaseOptions = {
  /** A template that all tests with this name share; `prepare` fills it once per run (migrations, seed rows). */
  template?: { name: string; prepare: (url: string) => Promise<void> }
  /** The process that the server lives with: by default our parent, which is the test runner for all its workers. */
  run?: number
}

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * A database of its own on a real Postgres. The server is started by the first caller of the test run and ends with
 * the run (also after `kill -9`); several test processes share it.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await testServerUrl(options.run ?? process.ppid)
  return withAdmin(server, async (admin) => {
    const template = options.template ? await ensureTemplate(admin, server, options.template) : null
    const name = `t_${randomBytes(8).toString('hex')}`
    await admin.query(`create database ${name}${template ? ` template ${template}` : ''}`)
    return {
      url: withDatabase(server, name),
      drop: () =>
        withAdmin(server, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
    }
  })
}

async function ensureTemplate(
  admin: Client,
  server: string,
  template: NonNullable<TestDatabaseOptions['template']>,
): Promise<string> {
  const name = `template_${createHash('sha256').update(template.name).digest('hex').slice(0, 16)}`
  await admin.query('select pg_advisory_lock(hashtext($1))', [name])
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount) return name
    const making = `${name}_making`
    await admin.query(`drop database if exists ${making} with (force)`)
    await admin.query(`create database ${making}`)
    await template.prepare(withDatabase(server, making))
    await admin.query(`alter database ${making} rename to ${name}`)
    return name
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [name])
  }
}

async function withAdmin<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

let known: Promise<string> | undefined

function testServerUrl(run: number): Promise<string> {
  known ??= findTestServer(run)
  return known
}

const homeOf = (run: number): string => join(tmpdir(), `stellartrain-test-${process.getuid?.() ?? 0}-${run}`)

/**
 * Ends the server of a test run before the run itself ends, and resolves when nothing of it is left; at once where no test asked for a
 * database. For the runner, when all of its tests are done.
 */
export async function endTestServer(run: number): Promise<void> {
  const home = homeOf(run)
  const until = Date.now() + 60_000
  if (existsSync(home)) await writeFile(join(home, 'end'), '')
  while (existsSync(home) && Date.now() < until) await new Promise((done) => setTimeout(done, 20))
}

/** Test processes of one run have one parent; the first of them makes the folder and with it the server. */
async function findTestServer(run: number): Promise<string> {
  const home = homeOf(run)
  try {
    await mkdir(home, { mode: 0o700 })
    const keeper = join(import.meta.dirname, 'test-server.ts')
    spawn(process.execPath, [keeper, home, String(run)], { detached: true, stdio: 'ignore' }).unref()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const said = await readFile(join(home, 'said'), 'utf8').catch(() => '')
    if (said.startsWith('postgres://')) return said.trim()
    if (said !== '') throw new Error(said)
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`The test server in ${home} did not start within a minute; remove the folder and try again.`)
}
