/**
 * How soon the network is ready, what it takes over HTTP, how a simulation compares to the native host, how memory grows.
 * The server is a process of its own; transactions are signed before the clock starts, so that the client's library is not
 * what is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevnet } from '../src/devnet.ts'
import { figure } from './figure.ts'
import { Load, type Prepared } from './load.ts'
import { batch, call, launch, type Server } from './server.ts'
import { simulations } from './simulate.ts'

const PEOPLE = 32
const ROUNDS = 40
const SIMULATIONS = 300
/** Twice as many as the half after which memory is looked at first. */
const MEMORY_TRANSACTIONS = 100_000

const seconds = (since: number) => (performance.now() - since) / 1000
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Each person's transactions one after another, all people at once, each read back; transactions a second. */
async function sustained(server: Server, rounds: readonly Prepared[][], simulate: boolean): Promise<number> {
  const { url } = server
  const start = performance.now()
  const person = async (index: number) => {
    for (const round of rounds) {
      const { unsigned, signed, hash } = round[index]!
      if (simulate) await call(url, 'simulateTransaction', { transaction: unsigned })
      const { status } = await call<{ status: string }>(url, 'sendTransaction', { transaction: signed })
      const found = await call<{ status: string }>(url, 'getTransaction', { hash })
      if (found.status !== 'SUCCESS') throw new Error(`${hash} was answered ${status} and ended ${found.status}`)
    }
  }
  await Promise.all(Array.from({ length: PEOPLE }, (_, index) => person(index)))
  return (rounds.length * PEOPLE) / seconds(start)
}

async function latency(server: Server, transaction: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < SIMULATIONS; round++) {
    const start = performance.now()
    await call(server.url, 'simulateTransaction', { transaction })
    times.push(performance.now() - start)
  }
  return median(times)
}

const home = mkdtempSync(join(tmpdir(), 'devnet-bench-'))
try {
  const cold = await launch('--interval', 'auto', '--home', home)
  figure('command to first answer, new network', cold.ready / 1000, 's')
  const load = await Load.create(cold.url, PEOPLE)
  const rounds = (patterns: Load['calls'], count = ROUNDS) => Array.from({ length: count }, () => load.round(patterns))

  await sustained(cold, rounds(load.transfers, 5), false)
  const transfers = await sustained(cold, rounds(load.transfers), false)
  figure('SAC transfers sent, applied, read back', transfers, '/s')
  const calls = await sustained(cold, rounds(load.calls), true)
  figure('contract calls simulated, sent, applied, read back', calls, '/s')
  const [transfer, pay] = [load.round(load.transfers)[0]!, load.round(load.calls)[0]!]
  figure('simulate a SAC transfer, median', await latency(cold, transfer.unsigned), 'ms')
  figure('simulate a contract call that moves a token, median', await latency(cold, pay.unsigned), 'ms')
  figure('getLatestLedger, median', await answerTime(cold), 'ms')
  await cold.stop()

  const warm = await launch('--interval', 'auto', '--home', home)
  figure('command to first answer, network of 3,000 ledgers on disk', warm.ready / 1000, 's')
  await warm.stop()

  await (await startDevnet()).close()
  const start = performance.now()
  const second = await startDevnet()
  figure('startDevnet once more in a process', seconds(start), 's')
  await second.close()
  await simulated()
  await memory()
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function answerTime({ url }: Server): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < SIMULATIONS; round++) {
    const start = performance.now()
    await call(url, 'getLatestLedger')
    times.push(performance.now() - start)
  }
  return median(times)
}

/** A simulation beside the same one in the native host, on the same entries; a ratio of 0.5 is twice its time. */
async function simulated(): Promise<void> {
  for (const { what, host, answer, native } of await simulations(SIMULATIONS)) {
    const reference = native === undefined ? undefined : { name: 'native host', value: native, better: 'less' as const }
    const note = reference ? '' : ' (no cargo here: not compared)'
    figure(`simulate ${what}: the host's part, median${note}`, host, 'ms', reference)
    figure(`simulate ${what}: a request answered, median${note}`, answer, 'ms', reference)
  }
}

/** Resident memory over the second half of many transactions, each in a ledger of its own. */
async function memory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'devnet-bench-'))
  const server = await launch('--interval', 'auto', '--home', folder)
  try {
    const load = await Load.create(server.url, PEOPLE)
    let half = 0
    const start = performance.now()
    for (let sent = 0; sent < MEMORY_TRANSACTIONS; sent += PEOPLE) {
      if (half === 0 && sent >= MEMORY_TRANSACTIONS / 2) half = server.memory()
      const requests = load.round(load.transfers).map(({ signed }) => ({
        method: 'sendTransaction',
        params: { transaction: signed },
      }))
      await batch(server.url, requests)
    }
    const [taken, end] = [seconds(start), server.memory()]
    figure(`SAC transfers sent in batches of ${PEOPLE}`, MEMORY_TRANSACTIONS / taken, '/s')
    const reference = { name: `after ${MEMORY_TRANSACTIONS / 2}`, value: half, better: 'less' as const }
    figure(`resident memory after ${MEMORY_TRANSACTIONS} transactions on disk`, end, 'MiB', reference)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
