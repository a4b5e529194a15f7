/**
 * Memory over many transactions: `node contracts/devnet/bench/soak.ts [--transactions 20000] [--memory]`.
 * Prints resident memory as it goes, one JSON line a step; with `--memory` the network has no home.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Load } from './load.ts'
import { batch, call, launch } from './server.ts'

const PEOPLE = 50
const STEPS = 20

const { values } = parseArgs({ options: { transactions: { type: 'string' }, memory: { type: 'boolean' } } })
const transactions = Number(values.transactions ?? 20_000)
const home = values.memory ? undefined : mkdtempSync(join(tmpdir(), 'devnet-soak-'))
const server = await launch('--interval', 'auto', ...(home === undefined ? [] : ['--home', home]))
try {
  const load = await Load.create(server.url, PEOPLE)
  const rounds = Math.ceil(transactions / PEOPLE)
  const step = Math.max(1, Math.floor(rounds / STEPS))
  const start = performance.now()
  for (let round = 1; round <= rounds; round++) {
    const requests = load.round(load.transfers).map(({ signed }) => ({
      method: 'sendTransaction',
      params: { transaction: signed },
    }))
    const refused = (await batch<{ status: string }>(server.url, requests)).find(({ status }) => status !== 'PENDING')
    if (refused) throw new Error(`a transaction was answered ${JSON.stringify(refused)}`)
    if (round % step !== 0) continue
    const { oldestLedger, latestLedger } = await call<{ oldestLedger: number; latestLedger: number }>(
      server.url,
      'getHealth',
    )
    const seconds = (performance.now() - start) / 1000
    const line = {
      transactions: round * PEOPLE,
      seconds: Math.round(seconds),
      mebibytes: Math.round(server.memory()),
      oldestLedger,
      latestLedger,
    }
    console.log(JSON.stringify(line))
  }
} finally {
  await server.stop()
  if (home !== undefined) rmSync(home, { recursive: true, force: true })
}
