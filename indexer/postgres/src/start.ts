/** `startPostgres`: adopt the server of this home if it lives, else start it, mending what a crash left behind. */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { type Binaries, findBinaries } from './binaries.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { explain, PostgresError } from './errors.ts'
import { serverOwner } from './owner.ts'
import { alive, isPostgres, type Postmaster, readPostmaster } from './pidfile.ts'
import { answers, freePort, spawnServer, urlOf } from './server.ts'

export type StartOptions = {
  /** The folder for data, password and log. Made if missing. */
  home: string
  /** TCP port on 127.0.0.1; 0 (the default) picks a free one. A server that is adopted keeps its own. */
  port?: number
  /** The database that `url` names, made if missing. Default `stellartrain`. */
  database?: string
  /** `false` gives up durability for speed; only for tests. */
  durable?: boolean
  log?: (message: string) => void
}

export type Postgres = {
  /** With the password: never log it. */
  url: string
  /** Whether the server was already running. */
  adopted: boolean
  pid: number
  port: number
  /** Ends the server, adopted or not, and resolves when it is gone. */
  stop(): Promise<void>
}

const START_LIMIT_MS = 60_000

/**
 * @throws PostgresError `NO_BINARIES`, `UNREACHABLE_BINARIES`, `PORT_TAKEN`, `DISK_FULL`, `NOT_YOURS`, `NO_PASSWORD`,
 * `OTHER_VERSION`, `INIT_FAILED`, `START_FAILED`, `TIMEOUT`
 */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const log = options.log ?? (() => {})
  const owner = await serverOwner()
  const binaries = await findBinaries(owner)
  const cluster = await openCluster(resolve(options.home), binaries, owner)
  const database = options.database ?? 'stellartrain'

  const orphan = await findRunning(cluster)
  if (orphan) log(`adopting the Postgres that still runs in ${cluster.home} (process ${orphan.pid})`)
  const running = orphan ?? (await startUntilUp(cluster, binaries, options, log))
  await ensureDatabase(urlOf(cluster, running.port, 'postgres'), database)
  return {
    url: urlOf(cluster, running.port, database),
    adopted: orphan !== null,
    pid: running.pid,
    port: running.port,
    stop: () => stopServer(running.pid),
  }
}

async function findRunning(cluster: Cluster): Promise<Postmaster | null> {
  const note = await readPostmaster(cluster.data)
  if (note === null || !(await alive(note.pid)) || !(await isPostgres(note.pid))) return null
  return (await answers(cluster, note.port, 30_000)) ? note : null
}

async function startUntilUp(
  cluster: Cluster,
  binaries: Binaries,
  options: StartOptions,
  log: (message: string) => void,
): Promise<Postmaster> {
  const settings = options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []
  const args = settings.flatMap((setting) => ['-c', setting])
  const until = performance.now() + START_LIMIT_MS
  for (let wait = 50; performance.now() < until; wait = Math.min(wait * 2, 1_000)) {
    const port = options.port || (await freePort())
    const result = await spawnServer(cluster, binaries, port, args)
    if (result.kind === 'up') return { pid: result.child.pid!, port }
    // On a machine with no time to spare it may be up by now, or still come up.
    const late = result.killed ? null : await findRunning(cluster)
    if (late) return late
    const reason = result.killed
      ? `it was ended by ${result.killed}`
      : await mend(cluster, result.output, options.port || 0)
    log(`Postgres did not start yet: ${reason}`)
    const other = await findRunning(cluster)
    if (other) return other
    await new Promise((done) => setTimeout(done, wait))
  }
  throw new PostgresError('TIMEOUT', `Postgres in ${cluster.home} did not start within a minute. See ${cluster.log}.`, {
    retryable: true,
  })
}

/** Returns why another try makes sense, or throws what a person must solve. */
async function mend(cluster: Cluster, output: string, fixedPort: number): Promise<string> {
  if (/Address already in use|could not bind/i.test(output)) {
    if (fixedPort === 0) return 'the port was taken meanwhile'
    throw new PostgresError(
      'PORT_TAKEN',
      `Port ${fixedPort} on 127.0.0.1 is taken by another program. Stop that program, or choose another port (0 picks a free one).`,
    )
  }
  if (/pre-existing shared memory block/i.test(output)) return 'processes of the last server are still ending'
  if (/lock file ".*" already exists/i.test(output)) {
    const note = await readPostmaster(cluster.data)
    if (note && (await alive(note.pid)) && !(await isPostgres(note.pid))) {
      await rm(join(cluster.data, 'postmaster.pid'), { force: true })
      return 'the process that the lock file names is another program'
    }
    return 'the last server is still ending'
  }
  if (/lock file ".*" is empty/i.test(output)) {
    await rm(join(cluster.data, 'postmaster.pid'), { force: true })
    return 'an empty lock file was left'
  }
  throw explain(output, cluster.home, 'START_FAILED')
}

async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`)
  } catch (error) {
    // Two starts in one home may both try.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

/** Fast shutdown, then immediate, then by force: the data stays whole in each case. */
async function stopServer(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const until = performance.now() + patience
    while (performance.now() < until) {
      if (!(await alive(pid))) return
      await new Promise((done) => setTimeout(done, 20))
    }
  }
}
