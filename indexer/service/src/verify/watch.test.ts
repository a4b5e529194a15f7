/** What an RPC loses is noticed, marked, and put right from the contract itself: on the real local network. */
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Indexer, startIndexer } from '../indexer.ts'
import { readCompleteness, readStandings } from '../store/completeness.ts'
import { type BadProxy, startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'
import { untilStatus } from '../testing/status.ts'
import { dumpTables } from '../testing/tables.ts'

let network: Network
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  network = await startNetwork()
})

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await network?.close()
})

type Second = { proxy: BadProxy; database: IndexerDatabase; start(): Promise<Indexer> }

/** Another index of the same contract, by way of an RPC that can be made bad. */
async function second(): Promise<Second> {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  closing.push(
    () => proxy.close(),
    () => database.drop(),
  )
  const { contract } = network.chain.network
  return {
    proxy,
    database,
    async start() {
      const indexer = await startIndexer({
        ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase, contract },
        ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
      })
      return indexer
    },
  }
}

/** A bounty of two winners, the first of which has won already. */
async function played(): Promise<{ id: number; vote: (number: number) => Promise<void> }> {
  const [maker, ana, ben] = await network.people(3)
  const oracle = await network.oracle()
  const id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  await network.submit(id, ben!)
  const solvers = [ana!, ben!]
  return { id, vote: (number) => network.vote(id, oracle, [scoredVote(solvers[number - 1]!, 9_500_000n, number)]) }
}

const settled = (database: IndexerDatabase, ledger: number) =>
  until(
    async () => {
      const known = await readCompleteness(database.db)
      const done = known.verifiedLedger !== null && known.verifiedLedger >= ledger
      return done && known.partial + known.absent === 0 && known
    },
    { what: `everything up to ledger ${ledger} to be compared` },
  )

test('an event that the RPC leaves out for good is noticed; the challenge is marked, and read from the contract', async () => {
  const { proxy, database, start } = await second()
  const { id, vote } = await played()
  await vote(1)
  const indexer = await start()
  await settled(database, network.net.ledger().sequence)
  // The last vote never comes; nothing behind it contradicts what is known.
  const before = network.net.ledger().sequence
  proxy.hides = ({ ledger }) => ledger > before
  await vote(2)
  await network.net.warp(0)
  await network.caughtUp()
  await settled(database, network.net.ledger().sequence)
  const standing = (await readStandings(database.db, [id])).get(id)
  expect(standing).toMatchObject({ state: 'recovered', unknownSubmissions: 0 })
  expect(standing!.unknown).toContain('fees_added')
  const money = async (db: IndexerDatabase['db']) =>
    db
      .selectFrom('challenges')
      .select(['escrow', 'scored', 'due', 'paid', 'prizes_due'])
      .where('id', '=', String(id))
      .execute()
  expect(await money(database.db)).toMatchObject([{ scored: '2', due: 2, escrow: '0', paid: '1000000000' }])
  // The RPC remembers: the whole history is known, and nothing is marked any more.
  proxy.hides = null
  await database.db.updateTable('incomplete').set({ state: 'partial', as_of: null }).execute()
  await until(async () => (await readCompleteness(database.db)).whole, { what: 'the history to be whole' })
  await indexer.stop()
  await network.caughtUp()
  expect(await dumpTables(database.url)).toEqual(await dumpTables(network.dbUrl))
}, 300_000)

test('a second process over the same tables is ready by what the first one stored, and writes when that one is gone', async () => {
  const { database, start } = await second()
  await played()
  const first = await start()
  await untilStatus(first, 'the first one to write', ({ state }) => state === 'following')
  const waits = await start()
  await untilStatus(waits, 'the second one to serve only', ({ state }) => state === 'reading')
  const ready = async (indexer: Indexer) => (await fetch(`${indexer.url}/ready`)).status
  await settled(database, network.net.ledger().sequence)
  await until(async () => (await ready(first)) === 200 && (await ready(waits)) === 200, { what: 'both to be ready' })
  await first.stop()
  await untilStatus(waits, 'the second one to write', ({ state }) => state === 'following')
  await until(async () => (await ready(waits)) === 200, { what: 'it to be ready as the writer' })
  await waits.stop()
})

test('after lost ledgers nothing is right until it was compared; what changed in them is read from the contract', async () => {
  const { proxy, database, start } = await second()
  const [quiet, busy] = [await played(), await played()]
  const first = await start()
  await settled(database, network.net.ledger().sequence)
  await first.stop()
  const from = network.net.ledger().sequence + 1
  await busy.vote(1)
  await network.net.warp(0)
  const to = network.net.ledger().sequence
  await network.net.warp(0)
  proxy.oldest = to + 1
  const again = await start()
  const known = await settled(database, to + 1)
  expect(known.gaps).toMatchObject([{ from, to }])
  expect(known).toMatchObject({ whole: false, completeSince: to + 1 })
  const standings = await readStandings(database.db, [quiet.id, busy.id])
  expect([...standings.keys()]).toEqual([busy.id])
  expect(standings.get(busy.id)).toMatchObject({ state: 'recovered', reason: 'gap', since: from })
  const [row] = await database.db.selectFrom('challenges').selectAll().where('id', '=', String(busy.id)).execute()
  expect(row).toMatchObject({ scored: '1', escrow: '500000000', due: 1 })
  // It goes on from there.
  await busy.vote(2)
  await network.net.warp(0)
  await settled(database, network.net.ledger().sequence)
  const [later] = await database.db.selectFrom('challenges').selectAll().where('id', '=', String(busy.id)).execute()
  expect(later).toMatchObject({ scored: '2', escrow: '0', due: 2 })
  // The RPC has the ledgers after all.
  proxy.oldest = 0
  await again.stop()
  const third = await start()
  await until(async () => (await readCompleteness(database.db)).whole, { what: 'the gap to be filled' })
  expect((await readCompleteness(database.db)).gaps).toEqual([])
  await network.caughtUp()
  await settled(database, network.net.ledger().sequence)
  await third.stop()
  expect(await dumpTables(database.url)).toEqual(await dumpTables(network.dbUrl))
}, 300_000)

test('an index that begins late has every challenge, with what storage tells, and says what it does not know', async () => {
  const { proxy, database, start } = await second()
  const { id, vote } = await played()
  await vote(1)
  await network.net.warp(0)
  proxy.oldest = network.net.ledger().sequence
  const indexer = await start()
  closing.push(() => indexer.stop())
  const known = await settled(database, network.net.ledger().sequence)
  expect(known.challenges).toBeGreaterThanOrEqual(id)
  expect(known).toMatchObject({ absent: 0, partial: 0, recovered: known.challenges })
  const [row] = await database.db.selectFrom('challenges').selectAll().where('id', '=', String(id)).execute()
  expect(row).toMatchObject({ submitted: '2', scored: '1', escrow: '500000000', due: 1, created_tx: '' })
  // The winner stands on the board; of the other submission the contract tells only that there is one.
  const standing = (await readStandings(database.db, [id])).get(id)
  expect(standing).toMatchObject({ state: 'recovered', reason: 'late_start', unknownSubmissions: 1 })
  expect(standing!.unknown).toEqual(expect.arrayContaining(['created_ledger', 'created_tx', 'accepted_at']))
  await until(async () => (await database.db.selectFrom('oracle_keys').selectAll().execute()).length > 0, {
    what: 'the oracles keys to be read',
  })
}, 300_000)
