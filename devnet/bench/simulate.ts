/**
 * A simulation here beside the same simulation in the native host, on the same entries: the call of the host, and all that
 * the server does to answer a request. The native side is `../parity`, built by cargo where there is one.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SorobanDataBuilder } from '@stellar/stellar-sdk'
import { DevnetNode } from '../src/chain/node.ts'
import { DEFAULT_PASSPHRASE } from '../src/devnet.ts'
import { Friendbot } from '../src/http/friendbot.ts'
import { createHttpServer } from '../src/http/server.ts'
import { dispatch, type RpcContext } from '../src/rpc/dispatch.ts'
import { settingsJson } from '../src/settings.ts'
import { MemoryStore } from '../src/store/memory.ts'
import { write } from '../src/wire.ts'
import { Load } from './load.ts'

const PARITY = fileURLToPath(new URL('../parity', import.meta.url))
const SEED = 0
const RECORD = 1
/** Enough for the engine to have compiled all of it in its best way. */
const WARM_UP = 3_000

export interface Simulation {
  what: string
  /** Medians in milliseconds; `native` is missing where there is no cargo. */
  host: number
  answer: number
  native: number | undefined
}

/** Measures simulations, each so many times. */
export async function simulations(rounds: number): Promise<Simulation[]> {
  const node = await DevnetNode.start({
    passphrase: DEFAULT_PASSPHRASE,
    seed: SEED,
    settings: settingsJson('mainnet'),
    retention: 10_000,
    historyBytes: 100_000_000,
    clientTimeBounds: true,
    store: new MemoryStore(),
    now: () => Math.floor(Date.now() / 1000),
  })
  const pending = () => void node.close()
  const friendbot = new Friendbot(node, pending)
  const context: RpcContext = { node, friendbotUrl: '', pending, log: console.error }
  const server = createHttpServer(() => ({
    rpc: context,
    friendbot,
    publicUrl: undefined,
    url: '',
    controls: undefined,
  }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const native = buildNative()
  try {
    const load = await Load.create(url, 2)
    const cases = [
      ['a SAC transfer', load.round(load.transfers)[0]!.unsigned],
      ['a contract call that moves a token', load.round(load.calls)[0]!.unsigned],
    ] as const
    const done: Simulation[] = []
    for (const [what, transaction] of cases) {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'simulateTransaction', params: { transaction } })
      const envelope = Buffer.from(transaction, 'base64')
      done.push({
        what,
        host: median(rounds, () => node.simulate(envelope, RECORD, 0)),
        answer: median(rounds, () => JSON.stringify(dispatch(context, body))),
        native: native ? nativeMedian(native, node, dispatch(context, body), transaction, rounds) : undefined,
      })
    }
    return done
  } finally {
    server.close()
    server.closeAllConnections()
    await node.stop()
  }
}

function median(rounds: number, run: () => unknown): number {
  const times: number[] = []
  for (let round = -WARM_UP; round < rounds; round++) {
    const start = performance.now()
    run()
    if (round >= 0) times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[rounds >> 1]!
}

/** The native program, or undefined where it cannot be built. */
function buildNative(): string | undefined {
  if (spawnSync('cargo', ['--version']).status !== 0) return undefined
  const target = process.env.CARGO_TARGET_DIR ?? join(PARITY, 'target')
  const flags = ['build', '--quiet', '--release', '--locked', '--no-default-features', '--bin', 'simulate']
  const built = spawnSync('cargo', flags, {
    cwd: PARITY,
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return built.status === 0 ? join(target, 'release/simulate') : undefined
}

/** The same simulation on the same entries by the native host, in milliseconds. */
function nativeMedian(program: string, node: DevnetNode, answer: unknown, envelope: string, rounds: number): number {
  const { transactionData } = (answer as { result: { transactionData: string } }).result
  const { readOnly, readWrite } = new SorobanDataBuilder(transactionData).build().resources.footprint
  const keys = [...readOnly, ...readWrite].map((key) => Buffer.from(key.toXdr('base64'), 'base64'))
  const entries = node.entries(keys).flatMap((entry, index) => {
    if (!entry) return []
    const { data, modified, liveUntil = null } = entry
    return [{ key: keys[index]!.toString('base64'), data, modified, liveUntil }]
  })
  const { sequence, closeTime } = node.history.last
  const step = { name: 'bench', kind: 'simulate', sequence: sequence + 1, closeTime, envelope, flags: RECORD }
  const plan = {
    passphrase: DEFAULT_PASSPHRASE,
    seed: createHash('sha256')
      .update(write([SEED]))
      .digest('hex'),
    settings: settingsJson('mainnet'),
    entries,
    steps: [step],
  }
  const folder = mkdtempSync(join(tmpdir(), 'devnet-bench-'))
  try {
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
    return Number(execFileSync(program, [join(folder, 'plan.json'), String(rounds)])) / 1000
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
