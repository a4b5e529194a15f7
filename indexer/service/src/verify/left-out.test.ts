/** An RPC that answers with fewer entries than it was asked for has not said that the others do not exist: on the real local network. */
import { storage } from '@stellartrain/contracts-client'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startIndexer } from '../indexer.ts'
import { patienceOf, readCompleteness, readStandings } from '../store/completeness.ts'
import { startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase } from '../testing/database.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'
import { dumpTables } from '../testing/tables.ts'

let network: Network

beforeAll(async () => {
  network = await startNetwork()
})

afterAll(() => network?.close())

/** An index whose first RPC leaves entries out. @param honest whether it has a second one that never does */
async function second(honest: boolean) {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  const { contract } = network.chain.network
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: honest ? [proxy.url, network.net.rpcUrl] : [proxy.url] },
    ...{ network: network.net.passphrase, contract, idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
  })
  const known = () => readCompleteness(database.db)
  return {
    ...{ proxy, database, known },
    standing: async (id: number) => (await readStandings(database.db, [id])).get(id),
    whole: () =>
      until(
        async () => {
          const now = await known()
          return now.whole && now.verifiedLedger! >= network.net.ledger().sequence && now
        },
        { what: 'everything to be compared' },
      ),
    async close() {
      await indexer.stop()
      await proxy.close()
      await database.drop()
    },
  }
}

/** Two submissions, the first of which is scored; `vote` scores the second. */
async function played() {
  const [maker, ana, ben] = await network.people(3)
  const oracle = await network.oracle()
  const id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  await network.submit(id, ben!)
  await network.vote(id, oracle, [scoredVote(ana!, 9_500_000n, 1)])
  const { contract } = network.chain.network
  return {
    id,
    vote: () => network.vote(id, oracle, [scoredVote(ben!, 9_500_000n, 2)]),
    state: storage.state(contract, id).toXdr('base64'),
    submission: storage.submission(contract, id, ben!.publicKey(), 1).toXdr('base64'),
  }
}

test('a challenge whose state the only RPC leaves out is not compared: what differs is marked by what the contract answers', async () => {
  const { id, vote, state } = await played()
  const { proxy, known, standing, whole, close } = await second(false)
  await whole()
  const before = network.net.ledger().sequence
  proxy.leavesOut = (key) => key === state
  proxy.hides = ({ ledger }) => ledger > before
  await vote()
  for (let ledgers = 0; ledgers <= patienceOf(id); ledgers++) await network.net.warp(0)
  await until(async () => (await standing(id))?.state === 'partial', { what: 'the challenge to be marked' })
  expect(await known()).toMatchObject({ whole: false })
  proxy.leavesOut = null
  await until(async () => (await standing(id))?.state === 'recovered', { what: 'it to be read from the contract' })
  await close()
})

test('rows are not given up for entries that the only RPC leaves out although events name them', async () => {
  const { id, submission } = await played()
  const { proxy, database, standing, whole, close } = await second(false)
  await whole()
  await network.caughtUp()
  const before = await dumpTables(network.dbUrl)
  proxy.leavesOut = (key) => key === submission
  await until(async () => (await standing(id))?.state === 'partial', { what: 'the challenge to be marked' })
  const asked = proxy.asked.get('getLedgerEntries')!
  await until(async () => proxy.asked.get('getLedgerEntries')! > asked + 40, { what: 'repairs to be tried' })
  expect(await standing(id)).toMatchObject({ state: 'partial', reason: 'differs' })
  expect((await dumpTables(database.url)).submissions).toEqual(before.submissions)
  proxy.leavesOut = null
  await whole()
  expect(await dumpTables(database.url)).toEqual(await dumpTables(network.dbUrl))
  await close()
})

test('what one of two RPCs leaves out is read from the other, and everything stays compared', async () => {
  const { id, state, submission } = await played()
  const { proxy, standing, whole, close } = await second(true)
  proxy.leavesOut = (key) => key === state || key === submission
  await network.net.warp(0)
  await whole()
  expect(await standing(id)).toBeUndefined()
  await close()
})
