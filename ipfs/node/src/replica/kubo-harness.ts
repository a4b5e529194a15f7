/** Test helper: a real Kubo, offline, on loopback, if this machine has one. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { temporaryHome } from '../harness.ts'
import { kuboBinary } from './kubo-binary.fixture.ts'

const found = kuboBinary()
const binary = found ?? 'ipfs'

/** Why tests with a Kubo are left out, or null if there is one. */
export const withoutKubo: string | null = found ? null : 'no Kubo here: run local/check/kubo.sh, or set KUBO_BIN'

export type Kubo = {
  /** Base URLs of its RPC and of its gateway; the same ones after a restart. */
  rpc: string
  gateway: string
  /** Runs its command with bytes as standard input. @throws Error with what it said */
  run: (args: string[], input?: Uint8Array) => string
  start: () => Promise<void>
  kill: () => Promise<void>
}

/** Not started yet; stopped and removed when the test ends. */
export async function kubo(): Promise<Kubo> {
  const home = await temporaryHome()
  const env = { PATH: process.env.PATH ?? '', HOME: home, IPFS_PATH: `${home}/kubo`, IPFS_TELEMETRY: 'off' }
  const run = (args: string[], input?: Uint8Array) =>
    execFileSync(binary, args, { env, encoding: 'utf8', stdio: 'pipe', ...(input ? { input } : {}) }).trim()
  run(['init', '--profile=test'])
  let daemon: ChildProcess | undefined
  const addresses: Record<string, string> = {}
  const kill = async () => {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return
    daemon.kill('SIGKILL')
    await once(daemon, 'exit')
  }
  onTestFinished(kill)

  async function start(): Promise<void> {
    daemon = spawn(binary, ['daemon', '--offline'], { env, stdio: 'pipe' })
    for await (const line of createInterface({ input: daemon.stdout! })) {
      const [, name, port] = /^(RPC API|Gateway) server listening on \/ip4\/127\.0\.0\.1\/tcp\/(\d+)/.exec(line) ?? []
      if (name && port) {
        addresses[name] = port
        // So that it is at the same place after a restart.
        const key = name === 'Gateway' ? 'Gateway' : 'API'
        run(['config', `Addresses.${key}`, `/ip4/127.0.0.1/tcp/${port}`])
      }
      if (line.includes('Daemon is ready')) {
        daemon.stdout!.resume()
        return
      }
    }
    throw new Error('Kubo did not start')
  }

  return {
    get rpc() {
      return `http://127.0.0.1:${addresses['RPC API']}`
    },
    get gateway() {
      return `http://127.0.0.1:${addresses.Gateway}`
    },
    run,
    start,
    kill,
  }
}
