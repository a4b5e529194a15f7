/**
 * Memory over many transactions: `node devnet/bench/soak.ts [--transactions 20000] [--memory] [--hostile]`.
 * Prints resident memory as it goes, one JSON line a step. With `--memory` the network has no home; with `--hostile`
 * every envelope is damaged, and half of them are simulated instead of sent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Load } from './load.ts'
import { batch, call, launch } from './server.ts'

const PEOPLE = 50
const STEPS = 20
let random = 2026

const { values } = parseArgs({
  options: { transactions: { type: 'string' }, memory: { type: 'boolean' }, hostile: { type: 'boolean' } },
})
const transactions = Number(values.transactions ?? 20_000)
const home = values.memory ? undefined : mkdtempSync(join(tmpdir(), 'devnet-soak-'))
const server = await launch('--interval', 'auto', ...(home === undefined ? [] : ['--home', home]))
try {
  const load = await Load.create(server.url, PEOPLE)
  const rounds = Math.ceil(transactions / PEOPLE)
  const step = Math.max(1, Math.floor(rounds / STEPS))
  const start = performance.now()
  for (let round = 1; round <= rounds; round++) {
    const transactions = load.round(load.transfers).map(({ signed }) => signed)
    if (values.hostile) await attack(server.url, transactions.map(damaged))
    else await send(server.url, transactions)
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

async function send(url: string, transactions: readonly string[]): Promise<void> {
  const requests = transactions.map((transaction) => ({ method: 'sendTransaction', params: { transaction } }))
  const refused = (await batch<{ status: string }>(url, requests)).find(({ status }) => status !== 'PENDING')
  if (refused) throw new Error(`a transaction was answered ${JSON.stringify(refused)}`)
}

/** Every request must be answered, with whatever is right for it. */
async function attack(url: string, transactions: readonly string[]): Promise<void> {
  const requests = transactions.map((transaction, id) => ({
    jsonrpc: '2.0',
    id,
    method: id % 2 === 0 ? 'sendTransaction' : 'simulateTransaction',
    params: { transaction },
  }))
  const response = await fetch(`${url}/rpc`, { method: 'POST', body: JSON.stringify(requests) })
  const answers = (await response.json()) as { error?: { code: number; message: string } }[]
  const failed = answers.find(({ error }) => error && error.code !== -32602)
  if (failed || answers.length !== requests.length) throw new Error(`answered ${JSON.stringify(failed ?? answers)}`)
}

/** An envelope with up to four bytes of it changed. */
function damaged(transaction: string): string {
  const bytes = Buffer.from(transaction, 'base64')
  for (let change = next(4); change >= 0; change--) bytes[next(bytes.length)] = next(256)
  return bytes.toString('base64')
}

/** Equal from run to run, so that what it finds can be found again. */
function next(below: number): number {
  random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
  return (random >>> 8) % below
}
