/** `ipfs add` of a real Kubo over a folder, with its daemon running, and its gateway. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { kuboBinary } from '../src/replica/kubo-binary.fixture.ts'
import { cpuSecondsOf } from './cpu.ts'
import { secondsToRead } from './read.ts'

type Flatfs = { sync?: boolean }
/** Its blocks' store, which some versions have inside of one that measures it. */
type Mount = Flatfs & { child?: Flatfs }
type Config = { Datastore: { Spec: { mounts: Mount[] }; HashOnRead: boolean } }

/** CPU is that of the daemon. */
export type KuboFigures = { seconds: number; cpu: number; read: { seconds: number; cpu: number } | undefined }

/**
 * Adds the folder, and reads its file again where it has one alone; undefined where there is no Kubo.
 * @param home is made for it @param read the file's name in the folder
 * @param safe each block is synced before it is answered and compared with its CID when it is read, which Kubo does not by default: a loss
 * of power may take back what it answered, and a damaged block is handed out
 */
export async function runKubo(
  home: string,
  folder: string,
  {
    profile,
    safe,
    read,
  }: { profile: readonly string[]; safe: boolean; read?: { name: string; bytes: number } | undefined },
): Promise<KuboFigures | undefined> {
  const binary = kuboBinary()
  if (binary === undefined) return undefined
  const env = { PATH: process.env.PATH ?? '', HOME: home, IPFS_PATH: home, IPFS_TELEMETRY: 'off' }
  const run = (args: readonly string[]) =>
    execFileSync(binary, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  run(['init', '--profile=test'])
  configure(join(home, 'config'), safe)
  const daemon = spawn(binary, ['daemon', '--offline'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    let gateway = ''
    for await (const line of createInterface({ input: daemon.stdout })) {
      gateway ||= /Gateway server listening on \/ip4\/127\.0\.0\.1\/tcp\/(\d+)/.exec(line)?.[1] ?? ''
      if (line.includes('Daemon is ready')) break
    }
    daemon.stdout.resume()
    const start = performance.now()
    const begun = cpuSecondsOf(daemon.pid)
    const root = run(['add', '-r', '-Q', ...profile, folder]).trim()
    const seconds = (performance.now() - start) / 1000
    const added = cpuSecondsOf(daemon.pid)
    const url = `http://127.0.0.1:${gateway}/ipfs/${root}/${read?.name}`
    const readSeconds = read && (await secondsToRead(url, read.bytes))
    return {
      ...{ seconds, cpu: added - begun },
      read: readSeconds === undefined ? undefined : { seconds: readSeconds, cpu: cpuSecondsOf(daemon.pid) - added },
    }
  } finally {
    const exited = once(daemon, 'exit')
    daemon.kill('SIGTERM')
    await exited
  }
}

function configure(file: string, safe: boolean): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as Config
  const stores = config.Datastore.Spec.mounts.flatMap((mount) => mount.child ?? mount)
  const blocks = stores.find((store) => store.sync !== undefined)
  if (blocks === undefined) throw new Error(`${file} does not say whether blocks are synced.`)
  blocks.sync = safe
  config.Datastore.HashOnRead = safe
  writeFileSync(file, JSON.stringify(config))
}
