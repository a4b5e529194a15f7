/** The whole service against a provider on bad days: troubles, restarts, lost history, another network. */
import { until } from '@stellartrain/contracts-client/testing/until'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { type Indexer, startIndexer } from './indexer.ts'
import { applyEvents } from './project/apply.ts'
import type { EventChain } from './testing/chain.ts'
import { createIndexerDatabase, type IndexerDatabase } from './testing/database.ts'
import { randomHistory } from './testing/history.ts'
import { createChance } from './testing/random.ts'
import { PASSPHRASE, type ReplayServer, startReplay } from './testing/replay-server.ts'
import { readStatus, untilStatus } from './testing/status.ts'
import { dumpTables, dumpWorld } from './testing/tables.ts'

const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

type Setting = { chain: EventChain; replay: ReplayServer; database: IndexerDatabase }

/** @param submissions of each challenge: a few are enough where what is in them does not matter */
async function setUp(seed: number, submissions = 6): Promise<Setting> {
  const chain = randomHistory({ challenges: 8, submissions, seed })
  const replay = await startReplay(chain, createChance(seed))
  const database = await createIndexerDatabase()
  cleanups.push(
    () => database.drop(),
    () => replay.close(),
  )
  return { chain, replay, database }
}

async function start(replay: ReplayServer, database: IndexerDatabase, contract: string): Promise<Indexer> {
  const options = { dbUrl: database.url, rpcUrls: [replay.url], network: PASSPHRASE, contract }
  // The replayed history has no storage to compare with.
  return startIndexer({ ...options, pageLimit: 40, idleMs: 50, patience: 0.05, verify: false })
}

function expected(chain: EventChain) {
  const dump = dumpWorld(applyEvents(chain.events))
  dump.oracle_keys = dump.oracle_keys!.map((row) => row.replace('\0', '\ufffd')).sort()
  return dump
}

test.each([11, 12])('errors, doubles, short pages and restarts end in the same tables (seed %i)', async (seed) => {
  const { chain, replay, database } = await setUp(seed, 24)
  replay.trouble = 0.3
  const last = chain.ledger()
  // Each run is stopped as soon as it has written something, in the middle of what it could read.
  for (let run = 0, written = 0; run < 4; run++) {
    replay.latest = 1_000 + Math.floor(((last - 1_000) * (run + 1)) / 4)
    const indexer = await start(replay, database, chain.contract)
    const { events } = await untilStatus(indexer, `run ${run} to write`, ({ events: now }) => now > written)
    written = events
    await indexer.stop()
  }
  const indexer = await start(replay, database, chain.contract)
  cleanups.push(() => indexer.stop())
  replay.trouble = 0.1
  const status = await untilStatus(
    indexer,
    'the last ledger',
    (s) => s._meta.ledger === last && s.state === 'following',
  )
  expect(await dumpTables(database.url)).toEqual(expected(chain))
  expect(status).toMatchObject({ events: chain.raw.length, undecoded: 0, gaps: [] })
  expect(status._meta.completeSince).toBe(900)
})

test('ledgers that the provider has dropped are a gap that is shown, and what they held is not guessed', async () => {
  const { chain, replay, database } = await setUp(13)
  const created = (id: number) =>
    chain.events.find(({ event }) => event.type === 'challenge_created' && event.challenge === id)!.place.ledger
  replay.latest = created(3) - 1
  const first = await start(replay, database, chain.contract)
  await untilStatus(first, 'the latest ledger', (status) => status._meta.ledger === replay.latest)
  await first.stop()
  // While it was away, the provider went on and forgot the first half of that.
  replay.latest = chain.ledger()
  replay.oldest = created(6)
  const second = await start(replay, database, chain.contract)
  cleanups.push(() => second.stop())
  const status = await untilStatus(second, 'the last ledger', (s) => s._meta.ledger === chain.ledger())
  expect(status.gaps).toMatchObject([{ from: created(3), to: created(6) - 1 }])
  expect(status._meta.completeSince).toBe(created(6))
  // That there is no challenge 4 nobody can say: the ledgers that would tell are lost.
  const found = [1, 2, 4, 6, 8].map(async (id) => (await fetch(`${second.url}/v1/challenges/${id}`)).status)
  expect(await Promise.all(found)).toEqual([200, 200, 503, 200, 200])
})

test('while no ledger closes, nothing is written', async () => {
  const { chain, replay, database } = await setUp(17, 1)
  replay.latest -= 1
  const indexer = await start(replay, database, chain.contract)
  cleanups.push(() => indexer.stop())
  /** Another place for each time that the row was written. */
  const place = async () =>
    (await sql<{ at: string }>`select ctid::text as at from sync`.execute(database.db)).rows[0]?.at
  const looks = async (count: number) => {
    const from = replay.asked
    await until(() => replay.asked >= from + count, { what: `${count} more looks at the RPC` })
  }
  await untilStatus(indexer, 'the latest ledger', ({ _meta }) => _meta.ledger === replay.latest)
  await looks(3)
  const before = await place()
  await looks(8)
  expect(await place()).toBe(before)
  replay.latest += 1
  await untilStatus(indexer, 'the ledger after it', ({ _meta }) => _meta.ledger === replay.latest)
  expect(await place()).not.toBe(before)
})

test('another network, a reset one and another contract are refused with a sentence, and nothing is mixed', async () => {
  const { chain, replay, database } = await setUp(14)
  const first = await start(replay, database, chain.contract)
  await untilStatus(first, 'the last ledger', (status) => status._meta.ledger === chain.ledger())
  await first.stop()
  const before = await dumpTables(database.url, true)

  replay.passphrase = 'Other Network'
  const other = await start(replay, database, chain.contract)
  const refused = await untilStatus(other, 'the refusal', (status) => status.state === 'refused')
  expect(refused.rpc.message).toContain('Other Network')
  expect((await fetch(`${other.url}/ready`)).status).toBe(503)
  await other.stop()

  replay.passphrase = PASSPHRASE
  replay.latest = 950
  const reset = await start(replay, database, chain.contract)
  expect((await untilStatus(reset, 'the refusal', (status) => status.state === 'refused')).rpc.message).toContain(
    'it was reset',
  )
  replay.latest = chain.ledger()
  await untilStatus(reset, 'the network to be followed again', (status) => status.state === 'following')
  await reset.stop()
  expect(await dumpTables(database.url, true)).toEqual(before)
})

test('a network that was reset while it was followed, and is further than the old one was, is not mixed with it', async () => {
  const { chain, replay, database } = await setUp(18)
  const indexer = await start(replay, database, chain.contract)
  cleanups.push(() => indexer.stop())
  await untilStatus(indexer, 'the last ledger', (status) => status._meta.ledger === chain.ledger())
  const before = await dumpTables(database.url, true)
  replay.trouble = 1
  await untilStatus(indexer, 'the provider to be missed', (status) => !status.rpc.ok)
  const other = randomHistory({ challenges: 12, submissions: 6, seed: 19 })
  Object.assign(replay, { chain: other, latest: Math.max(other.ledger(), chain.ledger() + 500), trouble: 0 })
  const refused = await untilStatus(indexer, 'the refusal', (status) => status.state === 'refused')
  expect(refused.rpc.message).toContain('it was reset')
  expect((await fetch(`${indexer.url}/v1/challenges`)).status).toBe(503)
  expect(await dumpTables(database.url, true)).toEqual(before)
})

test('it listens and says why it is not ready while the provider is down, and catches up by itself', async () => {
  const { chain, replay, database } = await setUp(15)
  replay.trouble = 1
  const indexer = await start(replay, database, chain.contract)
  cleanups.push(() => indexer.stop())
  expect((await fetch(`${indexer.url}/health`)).status).toBe(200)
  const down = await untilStatus(
    indexer,
    'the provider to be missed',
    (status) => status.database.ok && !status.rpc.ok && status.rpc.since !== null,
  )
  expect(down.rpc.message).toBeTruthy()
  expect((await fetch(`${indexer.url}/ready`)).status).toBe(503)
  replay.trouble = 0
  await untilStatus(indexer, 'the network to be followed', (status) => status.state === 'following')
  // All that is missing now is the comparison with a contract, which this history does not have.
  expect(await (await fetch(`${indexer.url}/ready`)).json()).toEqual({
    ...{ ready: false, reasons: ['The tables were not compared with the contract yet.'] },
  })
  expect((await readStatus(indexer)).rpc.ok).toBe(true)
})

test('two indexers on one database do not write twice, and the second takes over', async () => {
  const { chain, replay, database } = await setUp(16)
  replay.latest = 1_000
  const one = await start(replay, database, chain.contract)
  const two = await start(replay, database, chain.contract)
  cleanups.push(() => two.stop())
  replay.latest = chain.ledger() - 100
  await untilStatus(two, 'the ledgers that the first wrote', (status) => status._meta.ledger === replay.latest)
  await one.stop()
  replay.latest = chain.ledger()
  await untilStatus(
    two,
    'the second to take over',
    (status) => status._meta.ledger === replay.latest && status.state === 'following',
  )
  expect(await dumpTables(database.url)).toEqual(expected(chain))
})
