/** `ipfs add` of a real Kubo over a folder, with its daemon running. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { kuboBinary } from '../src/replica/kubo-binary.fixture.ts'

/** Seconds that adding the folder took; undefined where there is no Kubo. @param home is made for it */
export async function runKubo(
  home: string,
  folder: string,
  profile: readonly string[],
): Promise<{ seconds: number } | undefined> {
  const binary = kuboBinary()
  if (binary === undefined) return undefined
  const env = { PATH: process.env.PATH ?? '', HOME: home, IPFS_PATH: home, IPFS_TELEMETRY: 'off' }
  const run = (args: readonly string[]) =>
    execFileSync(binary, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  run(['init', '--profile=test'])
  const daemon = spawn(binary, ['daemon', '--offline'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    for await (const line of createInterface({ input: daemon.stdout })) if (line.includes('Daemon is ready')) break
    daemon.stdout.resume()
    const start = performance.now()
    run(['add', '-r', '-Q', ...profile, folder])
    return { seconds: (performance.now() - start) / 1000 }
  } finally {
    const exited = once(daemon, 'exit')
    daemon.kill('SIGTERM')
    await exited
  }
}
