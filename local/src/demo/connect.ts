/** The system that the demo uses: the one at STELLARTRAIN_URL, the one that runs in the home, or one of its own, on free ports. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOCAL_PASSPHRASE } from '@stellartrain/contracts-client'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { parseConfig, type SystemConfig } from '@stellartrain/sdk'
import { runningIn } from '../system/lock.ts'
import { readStartOptions } from '../system/options.ts'
import { StartProblem } from '../system/problem.ts'
import type { Progress } from '../system/progress.ts'
import { startSystem } from '../system/system.ts'

export type Connected = {
  config: SystemConfig
  dappUrl: string
  own: boolean
  /** Moves the ledger's clock; there where the network is the demo's own. */
  warp?: (seconds: number) => Promise<void>
  stop(): Promise<void>
}

export async function connectOrStart(env: NodeJS.ProcessEnv, cwd: string, progress: Progress): Promise<Connected> {
  const { STELLARTRAIN_URL: url } = env
  if (url)
    return {
      config: onTestMoney(await configAt(url)),
      dappUrl: withoutSlash(url),
      own: false,
      stop: async () => {},
    }
  const options = readStartOptions(env, cwd)
  if ((await runningIn(options.home)) !== null) {
    const config = onTestMoney(JSON.parse(readFileSync(join(options.home, 'config.json'), 'utf8')) as SystemConfig)
    const { ports } = JSON.parse(readFileSync(join(options.home, 'state.json'), 'utf8')) as { ports: { dapp: number } }
    return { config, dappUrl: `http://localhost:${ports.dapp}`, own: false, stop: async () => {} }
  }
  const home = mkdtempSync(join(tmpdir(), 'stellartrain-demo-'))
  const free = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
  const system = await startSystem({ ...options, home, ports: free, controls: true }, progress)
  return {
    config: system.config,
    dappUrl: system.urls.dapp,
    own: true,
    warp: (seconds) => warp(system.config.rpcUrl, seconds),
    async stop() {
      await system.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** @throws StartProblem `not_a_local_network` */
function onTestMoney(config: SystemConfig): SystemConfig {
  if (config.network === 'local' && config.passphrase === LOCAL_PASSPHRASE && config.friendbotUrl) return config
  throw new StartProblem(
    'not_a_local_network',
    'The demo makes accounts with test money and runs only on a local network. Unset STELLARTRAIN_URL and STELLARTRAIN_HOME, or choose others.',
  )
}

/** What the pages of a running system say of it, wherever it runs. @throws StartProblem `service_failed` */
async function configAt(url: string): Promise<SystemConfig> {
  try {
    const answer = await fetch(new URL('/config.json', url), { signal: AbortSignal.timeout(10_000) })
    if (!answer.ok) throw new Error(`it answered ${answer.status}`)
    return parseConfig(await answer.json())
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause
    throw new StartProblem(
      'service_failed',
      `STELLARTRAIN_URL must be where the pages are: ${url} has no config.json (${why}).`,
    )
  }
}

async function warp(rpcUrl: string, seconds: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(new URL('/warp', rpcUrl), { method: 'POST', headers, body: JSON.stringify({ seconds }) })
  if (!answer.ok)
    throw new StartProblem('service_failed', `The local network did not move its clock: ${answer.status}.`)
}
