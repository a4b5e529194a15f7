/** One good comparison is no evidence for what comes later: on the real local network. */
import { closeChallenge } from '@stellartrain/contracts-client'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startIndexer } from '../indexer.ts'
import { doubtsOf, patienceOf, readCompleteness, readStandings } from '../store/completeness.ts'
import { startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase } from '../testing/database.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'

let network: Network

beforeAll(async () => {
  network = await startNetwork()
})

afterAll(async () => {
  await network?.close()
})

test('an RPC that leaves out events and refuses entries makes an index doubtful, not whole for ever', async () => {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  const [maker, ana] = await network.people(2)
  const oracle = await network.oracle()
  const id = await network.challenge(maker!, [oracle])
  await network.submit(id, ana!)
  const { contract } = network.chain.network
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase, contract },
    ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
  })
  const known = () => readCompleteness(database.db)
  const ready = async () => (await fetch(`${indexer.url}/ready`)).status
  await until(async () => (await known()).whole && (await ready()) === 200, { what: 'all to be compared' })
  const before = network.net.ledger().sequence
  proxy.hides = ({ ledger }) => ledger > before
  proxy.entries = () => null
  await network.vote(id, oracle, [scoredVote(ana!, 9_500_000n, 1)])
  for (let ledgers = 0; ledgers <= patienceOf(id); ledgers++) await network.net.warp(0)
  const last = network.net.ledger().sequence
  await until(async () => ((await known()).ledger ?? 0) >= last, { what: `ledger ${last}` })
  const now = await known()
  expect(now).toMatchObject({ whole: false, overdue: true })
  expect(doubtsOf(now)).toEqual([
    expect.stringContaining(`not compared with the contract since ledger ${now.verifiedLedger}`),
  ])
  expect(await ready()).toBe(503)
  const body = (await (await fetch(`${indexer.url}/v1/challenges/${id}`)).json()) as { _meta: { whole: boolean } }
  expect(body._meta.whole).toBe(false)
  // It answers again: what it left out is read from the contract.
  proxy.entries = null
  await until(async () => (await ready()) === 200, { what: 'all to be compared again' })
  const [row] = await database.db.selectFrom('challenges').selectAll().where('id', '=', String(id)).execute()
  expect(row).toMatchObject({ scored: '1', due: 1 })
  // Ids at the bounds of int and of what the contract can count are ids like any other.
  for (const far of [2_147_483_647, 2_147_483_648, 4_294_967_295]) {
    for (const rest of [
      '',
      '/submissions/1',
      '/submissions',
      '/leaderboard',
      '/epochs',
      '/claims',
      '/submissions.csv',
    ]) {
      const { status } = await fetch(`${indexer.url}/v1/challenges/${far}${rest}`)
      expect([`${far}${rest}`, status]).toEqual([`${far}${rest}`, 404])
    }
  }
  for (const far of [2_147_483_648, 4_294_967_295]) {
    const lists = ['submissions', 'votes', 'payments', 'holds', 'claims', 'rankings', 'events']
    for (const path of [
      ...lists.map((list) => `${list}?challenge=${far}`),
      ...[`challenges/${id}/submissions/${far}`, `challenges/${id}?at_ledger=${far}`],
    ]) {
      const { status } = await fetch(`${indexer.url}/v1/${path}`)
      expect([path, status]).not.toEqual([path, 500])
    }
  }
  await indexer.stop()
  await proxy.close()
  await database.drop()
}, 300_000)

test('a late vote on a challenge that counts in the records already is compared like any other', async () => {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  const [maker, ana] = await network.people(2)
  const oracles = [await network.oracle(), await network.oracle(), await network.oracle()]
  const id = await network.challenge(maker!, oracles, { opens_truth: false })
  await network.submit(id, ana!)
  const vote = scoredVote(ana!, 9_500_000n, 1)
  for (const oracle of oracles.slice(0, 2)) await network.vote(id, oracle, [vote])
  await network.net.warp(7_300)
  await network.act(closeChallenge({ challenge: id }), maker!)
  const { contract } = network.chain.network
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase, contract },
    // Only the quick rounds compare.
    ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 3_600_000 } },
  })
  const before = network.net.ledger().sequence
  const known = () => readCompleteness(database.db)
  await until(async () => (await known()).whole && ((await known()).verifiedLedger ?? 0) >= before, {
    what: 'all to be compared',
  })
  const read = () => database.db.selectFrom('challenges').selectAll().where('id', '=', String(id)).executeTakeFirst()
  expect((await read())?.folded).not.toBeNull()
  proxy.hides = ({ ledger }) => ledger > before
  await network.vote(id, oracles[2]!, [vote])
  await network.net.warp(0)
  await until(async () => (await readStandings(database.db, [id])).get(id)?.state === 'recovered', {
    what: 'the late vote to be noticed',
  })
  await indexer.stop()
  await proxy.close()
  await database.drop()
}, 300_000)

test('a late vote that was moved into the records before this index began is missed before anything is said of its ledger', async () => {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  const database = await createIndexerDatabase()
  const [maker, ana] = await network.people(2)
  const oracles = [await network.oracle(), await network.oracle(), await network.oracle()]
  // The look that comes at once is at another one.
  await network.challenge(maker!, oracles, { opens_truth: false })
  const id = await network.challenge(maker!, oracles, { opens_truth: false })
  await network.submit(id, ana!)
  const vote = scoredVote(ana!, 9_500_000n, 1)
  for (const oracle of oracles.slice(0, 2)) await network.vote(id, oracle, [vote])
  const before = network.net.ledger().sequence
  await network.vote(id, oracles[2]!, [vote])
  const voted = network.net.ledger().sequence
  await network.net.warp(7_300)
  await network.act(closeChallenge({ challenge: id }), maker!)
  await network.net.warp(0)
  // Counters say nothing of it any more, and the events that are left add up.
  proxy.hides = ({ ledger }) => ledger > before && ledger <= voted
  const { contract } = network.chain.network
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase, contract },
    ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 3_600_000 } },
  })
  const end = network.net.ledger().sequence
  const believed: unknown[] = []
  await until(
    async () => {
      const { verifiedLedger } = await readCompleteness(database.db)
      const standing = (await readStandings(database.db, [id])).get(id)
      if ((verifiedLedger ?? 0) >= end && !standing) believed.push(verifiedLedger)
      return standing?.state === 'recovered'
    },
    { what: 'the late vote to be noticed' },
  )
  expect(believed).toEqual([])
  await indexer.stop()
  await proxy.close()
  await database.drop()
}, 300_000)
