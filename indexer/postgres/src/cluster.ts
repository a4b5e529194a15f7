/** The files of one server: its data folder, made whole or not at all, and the password that alone opens it. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, link, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { explain, PostgresError } from './errors.ts'
import type { Owner } from './owner.ts'
import { alive } from './pidfile.ts'

export const USER = 'stellartrain'
const MAJOR = '18'

export type Cluster = { home: string; data: string; log: string; password: string; owner: Owner | null }

/**
 * As root the data folder is entered before the user changes and named by the working directory, so that
 * it may lie below folders which that user cannot walk (a 0700 home).
 */
export function dataArgument(cluster: { owner: Owner | null }, data: string): string {
  return cluster.owner !== null && process.platform === 'linux' ? '/proc/self/cwd' : data
}

export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

/** Opens the cluster in `home`, making it first if it is not there. A half-made one is thrown away. */
export async function openCluster(home: string, binaries: Binaries, owner: Owner | null): Promise<Cluster> {
  const data = join(home, 'data')
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    await removeHalfMade(home)
    const made = await versionOf(data)
    if (made !== null && made !== MAJOR) {
      throw new PostgresError(
        'OTHER_VERSION',
        `The database in ${home} was made by Postgres ${made}; this is ${MAJOR}. Start it with the version that made it, or move the folder away to begin a new one.`,
      )
    }
    const password = await readPassword(home, made === null)
    const cluster: Cluster = { home, data, log: join(home, 'server.log'), password, owner }
    if (made === null) await makeCluster(cluster, binaries)
    return cluster
  } catch (error) {
    throw error instanceof PostgresError ? error : explain(String(error), home, 'INIT_FAILED', error)
  }
}

async function versionOf(data: string): Promise<string | null> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function readPassword(home: string, mayMake: boolean): Promise<string> {
  const path = join(home, 'password')
  const known = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (known !== '') return known
  if (!mayMake) {
    throw new PostgresError(
      'NO_PASSWORD',
      `${path} is missing, and without it the database cannot be opened in ${home}. Restore it, or move the folder away to start a new one.`,
    )
  }
  const making = workName(path)
  await writeFile(making, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flush: true })
  // A link, unlike a rename, keeps the password of whoever was faster in the same home.
  await link(making, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(making)
  return (await readFile(path, 'utf8')).trim()
}

/** `initdb` works in a folder of its own, which takes its place by a rename: `data` is whole whenever it exists. */
async function makeCluster(cluster: Cluster, binaries: Binaries): Promise<void> {
  const making = workName(join(cluster.home, 'data'))
  await mkdir(making, { mode: 0o700 })
  if (cluster.owner) await chown(making, cluster.owner.uid, cluster.owner.gid)
  await runInitdb(cluster, binaries, making)
  await rename(making, cluster.data).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true })
    // Somebody else was faster in the same home: his is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
}

async function runInitdb(cluster: Cluster, binaries: Binaries, making: string): Promise<void> {
  const secret = workName(join(cluster.home, 'initial'))
  await writeFile(secret, cluster.password, { mode: 0o600 })
  if (cluster.owner) await chown(secret, cluster.owner.uid, cluster.owner.gid)
  const handle = await open(secret)
  await rm(secret)
  try {
    const { code, output } = await run(binaries.initdb, initdbArguments(dataArgument(cluster, making)), {
      cwd: making,
      owner: cluster.owner,
      stdin: handle.fd,
    })
    if (code !== 0) throw explain(output, cluster.home, 'INIT_FAILED')
    await chmod(making, 0o700)
  } finally {
    await handle.close()
  }
}

function initdbArguments(data: string): string[] {
  return [
    ...['-D', data, '-U', USER, '--pwfile=/dev/stdin', '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync', '--no-instructions'],
  ]
}

type RunOptions = { cwd: string; owner: Owner | null; stdin: number }

function run(file: string, args: string[], options: RunOptions): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: environment(),
      stdio: [options.stdin, 'pipe', 'pipe'],
      timeout: 120_000,
      ...(options.owner ?? {}),
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Names of what is being made carry the maker's process id, so that leftovers can be told from work in progress. */
const ours = new Set<string>()

function workName(path: string): string {
  const name = `${path}.making.${process.pid}.${randomBytes(4).toString('hex')}`
  ours.add(name)
  return name
}

async function removeHalfMade(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const maker = Number(/\.making\.(\d+)\.\w+$/.exec(name)?.[1])
    const path = join(home, name)
    if (Number.isNaN(maker) || ours.has(path)) continue
    if (maker !== process.pid && (await alive(maker))) continue
    await rm(path, { recursive: true, force: true })
  }
}
