/** One start of the server process: spawned apart from our terminal, awaited until it answers or says why not. */
import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Client } from 'pg'
import type { Binaries } from './binaries.ts'
import { type Cluster, dataArgument, environment, USER } from './cluster.ts'

export type Started =
  | { kind: 'up'; child: ChildProcess }
  /** `killed` is the signal that ended it from outside; then its output does not say why. */
  | { kind: 'down'; output: string; killed: string | null }

const LOG_LIMIT = 8 * 1024 * 1024

/** Starts `postgres` on loopback and resolves when it accepts our password, or has ended. */
export async function spawnServer(
  cluster: Cluster,
  binaries: Binaries,
  port: number,
  settings: string[],
): Promise<Started> {
  const before = await logSize(cluster.log)
  const log = await open(cluster.log, 'a', 0o600)
  const child = spawn(
    binaries.postgres,
    ['-D', dataArgument(cluster, cluster.data), ...serverSettings(port), ...settings],
    {
      cwd: cluster.data,
      env: environment(),
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C in the terminal reaches us, and we stop it after those who use it.
      detached: true,
      ...(cluster.owner ?? {}),
    },
  )
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)))
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`))
  })
  child.unref()
  await log.close()
  const result = await Promise.race([ended, answers(cluster, port, 60_000, child)])
  if (result === true) return { kind: 'up', child }
  const said = (await readFile(cluster.log)).subarray(before).toString()
  return { kind: 'down', output: said === '' ? String(result) : said, killed: child.signalCode }
}

function serverSettings(port: number): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    // An indexer takes up to twenty, and tests run many indexers over one server; what is not used costs some kilobytes.
    'max_connections=256',
    'wal_level=minimal',
    'max_wal_senders=0',
    'timezone=UTC',
    'log_timezone=UTC',
    'jit=off',
  ].flatMap((setting) => ['-c', setting])
}

async function logSize(path: string): Promise<number> {
  const size = (await stat(path).catch(() => null))?.size ?? 0
  if (size < LOG_LIMIT) return size
  await rm(path)
  return 0
}

export function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${USER}:${cluster.password}@127.0.0.1:${port}/${database}`
}

/** Asks until the server lets us in. `false`: something else answers there, or nothing did in time. */
export async function answers(
  cluster: Cluster,
  port: number,
  timeoutMs: number,
  child?: ChildProcess,
): Promise<boolean> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const code = await knock(cluster, port)
    if (code === 'in') return true
    if (code === '28P01' || code === '28000') return false
    if (performance.now() > until || (child && child.exitCode !== null)) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function knock(cluster: Cluster, port: number): Promise<string> {
  const client = new Client({ connectionString: urlOf(cluster, port, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return 'in'
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown'
  } finally {
    await client.end().catch(() => {})
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
