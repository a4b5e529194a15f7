/** What one RPC says of the contract's storage against what the others say: on the real local network. */
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Log } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startIndexer } from '../indexer.ts'
import { patienceOf, readCompleteness, readStandings } from '../store/completeness.ts'
import { startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase } from '../testing/database.ts'
import { counting, poorer } from '../testing/lies.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'
import { dumpTables } from '../testing/tables.ts'

let network: Network
let id: number

beforeAll(async () => {
  network = await startNetwork()
  const [maker, ana, ben] = await network.people(3)
  const oracle = await network.oracle()
  id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  await network.submit(id, ben!)
  await network.vote(id, oracle, [scoredVote(ana!, 9_500_000n, 1)])
})

afterAll(async () => {
  await network?.close()
})

/** Another index, whose first RPC may lie. @param honest whether it has a second one that never does */
async function second(honest: boolean) {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  const told: string[] = []
  const note = (event: string) => told.push(event)
  const log: Log = { debug: note, info: note, warn: note, error: note } as unknown as Log
  const { contract } = network.chain.network
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: honest ? [proxy.url, network.net.rpcUrl] : [proxy.url], log },
    ...{ network: network.net.passphrase, contract, idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
  })
  const known = () => readCompleteness(database.db)
  return {
    ...{ proxy, database, told, known },
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

test('where RPCs disagree on a challenge, its rows stay, and it is marked until they agree', async () => {
  const { proxy, database, told, known, whole, close } = await second(true)
  await whole()
  await network.caughtUp()
  const before = await dumpTables(network.dbUrl)
  proxy.entries = poorer
  await network.net.warp(0)
  await until(async () => (await readStandings(database.db, [id])).get(id)?.state === 'partial', {
    what: 'the challenge to be marked',
  })
  await until(async () => told.includes('rpcs_disagree'), { what: 'the dispute to be told' })
  for (let rounds = 0; rounds < 3; rounds++) {
    const asked = proxy.asked.get('getLedgerEntries')!
    await until(async () => proxy.asked.get('getLedgerEntries')! > asked + 20, { what: 'more lies' })
    expect((await readStandings(database.db, [id])).get(id)).toMatchObject({ state: 'partial', reason: 'differs' })
    expect((await dumpTables(database.url)).challenges).toEqual(before.challenges)
  }
  expect((await known()).whole).toBe(false)
  proxy.entries = null
  await network.net.warp(0)
  await whole()
  expect((await dumpTables(database.url)).challenges).toEqual(before.challenges)
  await close()
}, 300_000)

test('what one of two RPCs counts beyond the contract is not taken', async () => {
  const { proxy, told, known, whole, close } = await second(true)
  const { challenges } = await whole()
  proxy.entries = counting((next) => next + 5)
  await network.net.warp(0)
  await until(async () => told.includes('rpcs_disagree'), { what: 'the dispute to be told' })
  await whole()
  expect(await known()).toMatchObject({ challenges, absent: 0, archived: 0 })
  await close()
}, 300_000)

test('a wrong counter of the only RPC is taken back, with the challenges that it made up; one beyond reason is refused', async () => {
  const { proxy, database, told, known, whole, close } = await second(false)
  const { challenges } = await whole()
  proxy.entries = counting((next) => next + 5)
  await network.net.warp(0)
  await until(async () => (await known()).archived > 0, { what: 'challenges that do not exist' })
  proxy.entries = null
  await network.net.warp(0)
  await whole()
  expect(await known()).toMatchObject({ challenges, absent: 0, archived: 0, whole: true })
  for (const beyond of [4_294_967_295, 2_000_000_000]) {
    told.length = 0
    proxy.entries = counting(() => beyond)
    await network.net.warp(0)
    await until(async () => told.includes('counter_refused'), { what: `${beyond} to be refused` })
    expect(await known()).toMatchObject({ challenges, absent: 0 })
    proxy.entries = null
    await network.net.warp(0)
    await whole()
  }
  proxy.entries = counting(() => 4_294_967_295)
  for (let ledgers = 0; ledgers <= patienceOf(challenges!); ledgers++) await network.net.warp(0)
  await until(async () => (await known()).overdue, { what: 'the comparison to be overdue' })
  expect(await database.db.selectFrom('incomplete').selectAll().execute()).toEqual([])
  await close()
}, 300_000)
