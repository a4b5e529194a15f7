/** `ipfs add` of a real Kubo over a folder, with its daemon running, and its gateway. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { kuboBinary } from '../src/replica/kubo-binary.fixture.ts'
import { secondsToRead } from './read.ts'

type Mount = { child?: { sync?: boolean } }

/**
 * Seconds that adding the folder took, and reading its file where it has one alone; undefined where there is no Kubo.
 * @param home is made for it @param read the file's name in the folder @param sync whether each block is synced, which Kubo does not by default: a loss of power may take back what
 * it answered
 */
export async function runKubo(
  home: string,
  folder: string,
  {
    profile,
    sync,
    read,
  }: { profile: readonly string[]; sync: boolean; read?: { name: string; bytes: number } | undefined },
): Promise<{ seconds: number; readSeconds: number | undefined } | undefined> {
  const binary = kuboBinary()
  if (binary === undefined) return undefined
  const env = { PATH: process.env.PATH ?? '', HOME: home, IPFS_PATH: home, IPFS_TELEMETRY: 'off' }
  const run = (args: readonly string[]) =>
    execFileSync(binary, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  run(['init', '--profile=test'])
  const file = join(home, 'config')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { Datastore: { Spec: { mounts: Mount[] } } }
  for (const { child } of config.Datastore.Spec.mounts) if (child?.sync !== undefined) child.sync = sync
  writeFileSync(file, JSON.stringify(config))
  const daemon = spawn(binary, ['daemon', '--offline'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    let gateway = ''
    for await (const line of createInterface({ input: daemon.stdout })) {
      gateway ||= /Gateway server listening on \/ip4\/127\.0\.0\.1\/tcp\/(\d+)/.exec(line)?.[1] ?? ''
      if (line.includes('Daemon is ready')) break
    }
    daemon.stdout.resume()
    const start = performance.now()
    const root = run(['add', '-r', '-Q', ...profile, folder]).trim()
    const seconds = (performance.now() - start) / 1000
    const url = `http://127.0.0.1:${gateway}/ipfs/${root}/${read?.name}`
    return { seconds, readSeconds: read && (await secondsToRead(url, read.bytes)) }
  } finally {
    const exited = once(daemon, 'exit')
    daemon.kill('SIGTERM')
    await exited
  }
}
