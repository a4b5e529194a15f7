/** Records and badges on the real local network: followed from the start, told late, and with events that no RPC has. */
import { scValToNative, xdr } from '@stellar/stellar-sdk/base'
import { invoke, recordsStorage, type Signer } from '@stellartrain/contracts-client'
import { badgePictureCid, deployRecords, recordsAt } from '@stellartrain/contracts-client/records'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readRecordsWasm } from '@stellartrain/contracts-client/wasm'
import { silentLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Api from '../api/types.ts'
import { startIndexer } from '../indexer.ts'
import { rebuild } from '../sync/rebuild.ts'
import { startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase } from '../testing/database.ts'
import { type Network, startNetwork } from '../testing/network.ts'
import { createChance } from '../testing/random.ts'
import { dumpTables, withClient } from '../testing/tables.ts'

let network: Network
let contract: string
let solver: string
/** The event that counted the first submission. */
let counted: string
const closing: (() => Promise<void>)[] = []

/** One solver wins twice and takes two badges, of which it destroys the first. */
beforeAll(async () => {
  network = await startNetwork()
  const { chain } = network
  const [maker, ana] = await network.people(2)
  const oracle = await network.oracle()
  ;({ contract } = await deployRecords(chain, {
    wasm: await readRecordsWasm(),
    stellartrain: chain.network.contract,
    image: badgePictureCid(),
    signer: maker!,
    pollMs: 20,
  }))
  solver = ana!.publicKey()
  const records = recordsAt(contract)
  const act = (call: ReturnType<typeof records.mint> | ReturnType<typeof records.fold>) =>
    invoke(chain, call as ReturnType<typeof records.mint>, ana! as unknown as Signer)
  for (let badge = 1; badge <= 2; badge++) {
    const challenge = await network.challenge(maker!, [oracle])
    await network.submit(challenge, ana!)
    await network.vote(challenge, oracle, [scoredVote(ana!, 9_500_000n, badge)])
    await act(records.fold({ challenge, solver, attempt: 1 }))
    await act(records.mint({ challenge, solver, attempt: 1 }))
  }
  await invoke(chain, records.burn({ from: solver, token_id: 1 }), ana! as unknown as Signer)
})

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await network?.close()
})

async function index(options: {
  recordsContract?: string
  hides?: (event: { ledger: number; id: string; topic: string[] }) => boolean
  leavesOut?: (key: string) => boolean
}) {
  const proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  if (options.hides) proxy.hides = options.hides
  if (options.leavesOut) proxy.leavesOut = options.leavesOut
  const warned: string[] = []
  const log = { ...silentLog, warn: (event: string) => void warned.push(event) }
  const database = await createIndexerDatabase()
  const start = (recordsContract = options.recordsContract) =>
    startIndexer({
      ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase },
      ...{
        contract: network.chain.network.contract,
        recordsContract,
        log,
        idleMs: 20,
        watch: { sweepMs: 20, lookMs: 20 },
      },
    })
  let indexer = await start()
  closing.push(
    () => proxy.close(),
    () => database.drop(),
    () => indexer.stop(),
  )
  return {
    proxy,
    database,
    warned,
    sql: (text: string) => withClient(database.url, async (client) => (await client.query(text)).rows),
    async restart(recordsContract: string) {
      await indexer.stop()
      indexer = await start(recordsContract)
    },
    get: async <T>(path: string) => (await (await fetch(`${indexer.url}${path}`)).json()) as T,
    compared: () =>
      until(
        async () => {
          const { rows } = await withClient(database.url, (client) => client.query('select records_verified from sync'))
          return rows[0]?.records_verified !== null && rows[0] !== undefined
        },
        { what: 'records to be compared' },
      ),
  }
}

/** `lowerBound` ends when the challenges, too, were compared: answers are asked for until they are right. */
const RIGHT = { record: { submissions: 2, scored: 2, wins: 2 }, badges: 1, lowerBound: false }

test('are followed, and made again by rebuild', async () => {
  const one = await index({ recordsContract: contract })
  await one.compared()
  await expect.poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 0 })
  const { data } = await one.get<Api.BadgePage>('/v1/badges?order=oldest')
  expect(data.map(({ id, burned }) => [id, burned !== null])).toEqual([
    [1, true],
    [2, false],
  ])
  counted = (await one.get<Api.RecordPage>('/v1/records?order=oldest')).data[0]!.id
  const before = await dumpTables(one.database.url)
  await withClient(one.database.url, async (client) => {
    await client.query('delete from folds; delete from badges')
    await rebuild(client)
  })
  expect(await dumpTables(one.database.url)).toEqual(before)
  await expect.poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject(RIGHT)
})

test('told late, are fetched from the beginning', async () => {
  const one = await index({})
  await until(async () => ((await one.get<Api.EventPage>('/v1/events')).data?.length ?? 0) > 0, { what: 'events' })
  await expect.poll(() => one.get('/v1/badges')).toMatchObject({ code: 'no_records' })
  await one.restart(contract)
  await one.compared()
  await expect.poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 0 })
})

test('whose event no RPC has are right all the same, and say what is lost', async () => {
  const late = await index({ recordsContract: contract, hides: ({ id }) => id === counted })
  await late.compared()
  await expect.poll(() => late.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 1 })
  // It comes back.
  late.proxy.hides = () => false
  await withClient(late.database.url, (client) =>
    client.query('delete from lost_folds; update sync set records_verified = null'),
  )
  await late.compared()
  await expect.poll(() => late.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 0 })
})

test('stay where their challenge is made again without one of its events', async () => {
  const one = await index({ recordsContract: contract })
  await one.compared()
  const [submitted] = await one.sql("select min(id) as id from events where type = 'submitted' and challenge = 1")
  one.proxy.hides = ({ id }) => id === submitted.id
  await one.sql(`delete from events where id = '${submitted.id}'; insert into incomplete (challenge, state, reason, detail, since)
    values (1, 'partial', 'missing_events', '', 1)`)
  await until(async () => (await one.sql("select from incomplete where state = 'recovered'")).length === 1, {
    ...{ what: 'the challenge to be recovered' },
  })
  await expect.poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 0 })
  await expect.poll(() => one.get<Api.Badge>('/v1/badges/1')).toMatchObject({ id: 1, challenge: 1 })
})

const ofRecords = ({ topic }: { topic: string[] }) =>
  ['submission_folded', 'badge_minted'].includes(String(scValToNative(xdr.ScVal.fromXdr(topic[0]!, 'base64'))))

test('whose entry and events the only RPC leaves out are what the contract answers', async () => {
  const entry = recordsStorage.record(contract, solver).toXdr('base64')
  const one = await index({
    recordsContract: contract,
    hides: ({ id }) => id === counted,
    leavesOut: (key) => key === entry,
  })
  await one.compared()
  await expect.poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`)).toMatchObject({ ...RIGHT, withoutEvent: 1 })
  // The contract counts fewer than the tables have: that is not compared.
  await one.sql(`insert into folds select challenge, number + n, solver, attempt, verdict, score, prize, token, event_id, at, ledger, tx
    from folds, generate_series(100, 102) n`)
  one.warned.length = 0
  await until(async () => one.warned.includes('records_differ'), { what: 'the difference to be told' })
  expect(await one.sql('select records_verified as ledger from sync')).toEqual([{ ledger: null }])
})

test('without an entry that any RPC shows and without events, badges are not denied', async () => {
  const entries = [recordsStorage.record(contract, solver), recordsStorage.badges(contract)].map((key) =>
    key.toXdr('base64'),
  )
  const one = await index({ recordsContract: contract, hides: ofRecords, leavesOut: (key) => entries.includes(key) })
  await until(async () => one.warned.includes('records_differ'), {
    what: 'the lost badges to be told',
  })
  await expect.poll(() => one.get('/v1/badges/1')).toMatchObject({ code: 'not_known' })
  await expect
    .poll(() => one.get<Api.Solver>(`/v1/solvers/${solver}`))
    .toMatchObject({
      ...{ record: RIGHT.record, withoutEvent: 2, lowerBound: true },
    })
})
