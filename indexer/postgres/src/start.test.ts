/** What a person does to a database on a machine: kills it, starts it twice, takes its port, loses half of it. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { alive, readPostmaster } from './pidfile.ts'
import { type Postgres, type StartOptions, startPostgres } from './start.ts'

let parent: string
let home: string
const running: Postgres[] = []

beforeAll(async () => {
  // As root this folder is closed for the user that the server runs as.
  parent = await mkdtemp(join(tmpdir(), 'st-postgres-'))
  home = join(parent, 'postgres')
})

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

afterAll(() => rm(parent, { recursive: true, force: true }))

async function start(options: Partial<StartOptions> = {}): Promise<Postgres> {
  const server = await startPostgres({ home, ...options })
  running.push(server)
  return server
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('state survives a stop, below a folder that nobody else may enter', async () => {
  expect((await stat(parent)).mode & 0o077).toBe(0)
  const first = await start()
  expect(first.adopted).toBe(false)
  await query(first.url, 'create table kept as select 7 as n')
  await first.stop()
  expect(await alive(first.pid)).toBe(false)
  const second = await start()
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('only the password opens it, and only its owner can read the password', async () => {
  const server = await start()
  const wrong = new URL(server.url)
  wrong.password = 'guess'
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  wrong.password = ''
  await expect(query(wrong.href, 'select 1')).rejects.toThrow()
  expect((await stat(join(home, 'password'))).mode & 0o077).toBe(0)
})

test('a server whose starter was killed is adopted and can be stopped', async () => {
  const script = `import { startPostgres } from ${JSON.stringify(import.meta.resolve('./start.ts'))}
    const server = await startPostgres({ home: ${JSON.stringify(home)} })
    console.log(server.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number(await new Promise<string>((done) => child.stdout.once('data', (chunk) => done(String(chunk)))))
  child.kill('SIGKILL')
  await new Promise((done) => child.once('exit', done))

  const adopted = await start()
  expect(adopted).toMatchObject({ adopted: true, pid })
  await adopted.stop()
  expect(await alive(pid)).toBe(false)
})

test('committed rows survive kill -9 of the server, and the next start waits for its remains', async () => {
  const first = await start()
  await query(first.url, 'create table rows (n int); insert into rows select generate_series(1, 595)')
  process.kill(first.pid, 'SIGKILL')
  const second = await start()
  expect(second.adopted).toBe(false)
  expect(await query(second.url, 'select count(*)::int as n from rows')).toEqual([{ n: 595 }])
})

test('a server that is killed while it starts is started again', async () => {
  const first = await start()
  // Each start has something to recover and takes a moment; one that was up before the kill is no proof, and is tried again.
  let [second, killed] = [first, first.pid]
  while (second.pid === killed) {
    const last = killed
    process.kill(last, 'SIGKILL')
    const starting = start()
    const note = await vi.waitFor(
      async () => {
        const found = await readPostmaster(join(home, 'data'))
        if (found === null || found.pid === last) throw new Error('no other server yet')
        return found
      },
      { interval: 1, timeout: 240_000 },
    )
    process.kill(note.pid, 'SIGKILL')
    killed = note.pid
    second = await starting
  }
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a half-finished first start is begun again', async () => {
  const fresh = join(parent, 'half')
  const dead = spawn('true')
  await new Promise((done) => dead.once('exit', done))
  await mkdir(join(fresh, `data.making.${dead.pid}.0a`, 'base'), { recursive: true })
  await writeFile(join(fresh, `data.making.${dead.pid}.0a`, 'PG_VERSION'), '18\n')
  const server = await start({ home: fresh })
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(fresh)).sort()).toEqual(['data', 'password', 'server.log'])
})

test('a leftover lock file that names a living stranger is mended', async () => {
  const first = await start()
  const pidFile = join(home, 'data', 'postmaster.pid')
  const note = await readFile(pidFile, 'utf8')
  await first.stop()
  await writeFile(pidFile, note.replace(String(first.pid), String(process.pid)))
  const second = await start()
  expect(second.adopted).toBe(false)
})

test('two starts at once in a new home end as one server', async () => {
  const fresh = join(parent, 'twice')
  const [one, two] = await Promise.all([start({ home: fresh }), start({ home: fresh, database: 'other' })])
  expect(one.pid).toBe(two.pid)
  expect([one.adopted, two.adopted].sort()).toEqual([false, true])
  expect(await query(two.url, 'select current_database() as name')).toEqual([{ name: 'other' }])
})

test('what only a person can solve is said in a sentence', async () => {
  const taken = createServer()
  const port = await new Promise<number>((done) => {
    taken.listen(0, '127.0.0.1', () => done((taken.address() as { port: number }).port))
  })
  await expect(start({ port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(String(port)),
  })
  taken.close()

  await rm(join(home, 'password'))
  await expect(start()).rejects.toMatchObject({ code: 'NO_PASSWORD' })
  await writeFile(join(home, 'data', 'PG_VERSION'), '12\n')
  await expect(start()).rejects.toMatchObject({ code: 'OTHER_VERSION' })
})
