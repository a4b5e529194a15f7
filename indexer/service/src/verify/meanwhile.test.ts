/** What is written while the tables are compared was not compared: on the real local network. */
import { once } from 'node:events'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { silentLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Indexer, startIndexer } from '../indexer.ts'
import { createRpcs } from '../source/rpcs.ts'
import { readCompleteness } from '../store/completeness.ts'
import { type BadProxy, startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'
import { runWatch } from './watch.ts'

let network: Network
let proxy: BadProxy
let database: IndexerDatabase
beforeAll(async () => {
  network = await startNetwork()
  proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  database = await createIndexerDatabase()
})
afterAll(async () => {
  await database?.drop()
  await proxy?.close()
  await network?.close()
})

/** Follows up to the last ledger, and compares nothing. */
async function followed(): Promise<Indexer> {
  const { contract } = network.chain.network
  const last = network.net.ledger().sequence
  const indexer = await startIndexer({
    ...{
      dbUrl: database.url,
      rpcUrls: [proxy.url],
      network: network.net.passphrase,
      contract,
      idleMs: 20,
      verify: false,
    },
  })
  await until(async () => ((await readCompleteness(database.db)).ledger ?? 0) >= last, { what: `ledger ${last}` })
  return indexer
}

test('a challenge that comes while others are compared leaves the verified ledger where they were listed', async () => {
  const [maker, ana] = await network.people(2)
  const oracle = await network.oracle()
  await network.challenge(maker!, [oracle])
  await network.net.warp(0)
  await (await followed()).stop()
  const { ledger: listed } = await readCompleteness(database.db)

  // Of the next one, the vote never comes.
  const id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  const before = network.net.ledger().sequence
  proxy.hides = ({ ledger }) => ledger > before
  await network.vote(id, oracle, [scoredVote(ana!, 9_500_000n, 1)])
  await network.net.warp(0)

  const stopping = new AbortController()
  const { signal } = stopping
  let second: Indexer | undefined
  const rpcs = createRpcs([network.net.rpcUrl], {
    network: network.net.passphrase,
    async fetch(url, init) {
      // The list is made; the entries are not read yet.
      if (String(init?.body).includes('getLedgerEntries')) second ??= await followed()
      const { verifiedLedger } = await readCompleteness(database.db)
      if (verifiedLedger !== null && !signal.aborted) await once(signal, 'abort')
      return fetch(url, init)
    },
  })
  const watching = runWatch({
    ...{ dbUrl: database.url, chain: network.chain, rpcs, signal, log: silentLog, sweepMs: 20, patience: 0.05 },
  })
  const known = await until(
    async () => {
      const found = await readCompleteness(database.db)
      return found.verifiedLedger !== null && found
    },
    { what: 'the first comparison' },
  )
  expect(known).toMatchObject({ verifiedLedger: listed, partial: 0, recovered: 0 })
  expect(known.ledger).toBeGreaterThan(listed!)
  stopping.abort()
  await watching
  await second?.stop()
})
