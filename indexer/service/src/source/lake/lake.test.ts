/** Ledgers that the RPC has dropped are read from a data lake: on the real local network. */
import { zstdCompressSync } from 'node:zlib'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startIndexer } from '../../indexer.ts'
import { readCompleteness } from '../../store/completeness.ts'
import { type BadProxy, startBadProxy } from '../../testing/bad-proxy.ts'
import { createIndexerDatabase } from '../../testing/database.ts'
import { startLakeOf, type TestLake } from '../../testing/lake.ts'
import { type Network, startNetwork } from '../../testing/network.ts'
import { createChance } from '../../testing/random.ts'
import { dumpTables } from '../../testing/tables.ts'
import { createLake } from './lake.ts'
import { pathOf } from './schema.ts'

const SCHEMA = { ledgersPerBatch: 4, batchesPerPartition: 2 }

let network: Network
let proxy: BadProxy
let lake: TestLake
/** The first ledger that the index is asked for, and the last one that the lake has. */
let first: number
let last: number
beforeAll(async () => {
  network = await startNetwork()
  const [maker, ana, ben] = await network.people(3)
  first = network.net.ledger().sequence
  const oracle = await network.oracle()
  const id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  await network.submit(id, ben!)
  await network.vote(id, oracle, [scoredVote(ana!, 9_500_000n, 1)])
  await network.net.warp(0)
  last = network.net.ledger().sequence
  const { passphrase, rpcUrl } = network.net
  lake = await startLakeOf({ rpcUrl, network: passphrase, from: first, to: last, schema: SCHEMA })
  await network.vote(id, oracle, [scoredVote(ben!, 9_500_000n, 2)])
  await network.net.warp(0)
  await network.caughtUp()
  // Whatever the lake has, and nothing more.
  proxy = await startBadProxy(rpcUrl, createChance(1))
  proxy.oldest = last + 1
})
afterAll(async () => {
  await lake?.close()
  await proxy?.close()
  await network?.close()
})

const options = (dbUrl: string) => ({
  ...{ dbUrl, rpcUrls: [proxy.url], network: network.net.passphrase, contract: network.chain.network.contract },
  ...{ startLedger: first, idleMs: 20, watch: { sweepMs: 20, lookMs: 20 }, patience: 0.05 },
})

const settled = (db: Parameters<typeof readCompleteness>[0], whole: boolean) => {
  const { sequence } = network.net.ledger()
  return until(
    async () => {
      const known = await readCompleteness(db)
      const done = (known.verifiedLedger ?? 0) >= sequence && known.partial + known.absent === 0
      if (!done || known.whole !== whole) throw new Error(JSON.stringify(known))
      return known
    },
    { what: 'everything to be compared' },
  )
}

test('a new index has the whole history, and the tables of one that was there from the beginning', async () => {
  const database = await createIndexerDatabase()
  const indexer = await startIndexer({ ...options(database.url), dataLakeUrl: lake.url })
  expect(await settled(database.db, true)).toMatchObject({ gaps: [], recovered: 0 })
  await indexer.stop()
  const [mine, right] = [await dumpTables(database.url), await dumpTables(network.dbUrl)]
  expect(mine).toEqual(right)
  expect(lake.asked).toContain(pathOf(SCHEMA, first))
  await database.drop()
})

test('an index that has lost ledgers finds them, once it is told where the lake is', async () => {
  const database = await createIndexerDatabase()
  const without = await startIndexer(options(database.url))
  const { gaps } = await settled(database.db, false)
  expect(gaps).toMatchObject([{ from: first, to: last }])
  await without.stop()
  const indexer = await startIndexer({ ...options(database.url), dataLakeUrl: `${lake.url}/` })
  expect(await settled(database.db, true)).toMatchObject({ gaps: [], recovered: 0 })
  await indexer.stop()
  expect(await dumpTables(database.url)).toEqual(await dumpTables(network.dbUrl))
  await database.drop()
})

const ask = (startLedger: number, from = lake, change: object = {}) => {
  const { contract } = network.chain.network
  const { passphrase } = network.net
  return createLake(from.url, { network: passphrase }).rpc.request<{
    events: { id: string }[]
    cursor: string
    latestLedger: number
  }>('getEvents', { startLedger, filters: [{ contractIds: [contract] }], pagination: { limit: 1_000 }, ...change })
}

test('its answers are those of getEvents, event for event', async () => {
  const { contract } = network.chain.network
  const theirs = await network.chain.rpc.request<{ events: { id: string; ledger: number }[] }>('getEvents', {
    ...{ startLedger: first, endLedger: last + 1, pagination: { limit: 1_000 } },
    filters: [{ type: 'contract', contractIds: [contract] }],
  })
  const mine = await ask(first, lake, { endLedger: last + 1 })
  const fields = ['id', 'ledger', 'ledgerClosedAt', 'txHash', 'contractId', 'topic', 'value', 'type'] as const
  const shown = (event: object) => fields.map((name) => (event as Record<string, unknown>)[name])
  expect(mine.events.map(shown)).toEqual(theirs.events.map(shown))
  expect(mine.events.length).toBeGreaterThanOrEqual(5)
  expect(mine.latestLedger).toBe(last)
})

test('a cursor inside a ledger begins with it again, one at its end behind it', async () => {
  const all = await ask(first)
  const [one] = all.events
  const pageAt = (cursor: string) => ask(0, lake, { startLedger: undefined, pagination: { cursor, limit: 1_000 } })
  expect((await pageAt(one!.id)).events).toEqual(all.events)
  await expect(pageAt(all.cursor)).rejects.toMatchObject({ code: 'rpc_refused' })
})

test('what it does not have, another network, and files that are none are refused in words', async () => {
  await expect(ask(last + 100)).rejects.toMatchObject({ code: 'rpc_refused' })
  const { signal } = new AbortController()
  const stranger = createLake(lake.url, { network: 'another' })
  await expect(stranger.has(first, signal)).rejects.toMatchObject({ code: 'wrong_network', retryable: false })
  const path = pathOf(SCHEMA, first)
  const kept = lake.files.get(path)!
  lake.files.set(path, kept.subarray(0, kept.length - 9))
  await expect(ask(first)).rejects.toMatchObject({ code: 'lake_failed', retryable: true })
  lake.files.set(path, kept)
  // A few bytes that unpack to many, and a file without an end.
  lake.files.set(path, zstdCompressSync(new Uint8Array(2_000_000)))
  const small = createLake(lake.url, { network: network.net.passphrase, maxBytes: 1_000_000 })
  const asked = { startLedger: first, filters: [], pagination: { limit: 10 } }
  await expect(small.rpc.request('getEvents', asked)).rejects.toMatchObject({
    ...{ code: 'lake_failed', retryable: true, message: expect.stringContaining('larger than 1000000 bytes') },
  })
  lake.files.set(path, new Uint8Array(2_000_000))
  await expect(small.rpc.request('getEvents', asked)).rejects.toThrow('more than 1000000 bytes')
  lake.files.set(path, kept)
  const away = createLake('http://127.0.0.1:1', { network: network.net.passphrase })
  await expect(away.has(first, signal)).rejects.toMatchObject({ code: 'lake_failed', retryable: true })
})
