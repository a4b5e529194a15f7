/** What must not end the service, tear down its session, or be served: another's database, a lost connection, an RPC that is tired. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Indexer, startIndexer } from '../indexer.ts'
import { type BadProxy, startBadProxy } from '../testing/bad-proxy.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { randomHistory } from '../testing/history.ts'
import { contractOf, createChance } from '../testing/random.ts'
import { PASSPHRASE, type ReplayServer, startReplay } from '../testing/replay-server.ts'
import { untilStatus } from '../testing/status.ts'
import { dumpTables, withClient } from '../testing/tables.ts'

const chain = randomHistory({ challenges: 4, submissions: 20, seed: 21 })
let replay: ReplayServer
let proxy: BadProxy
let database: IndexerDatabase
let indexer: Indexer

beforeAll(async () => {
  replay = await startReplay(chain, createChance(21))
  proxy = await startBadProxy(replay.url, createChance(21))
  database = await createIndexerDatabase()
  indexer = await start()
  await untilStatus(indexer, 'the last ledger', ({ _meta }) => _meta.ledger === chain.ledger())
})

afterAll(async () => {
  await indexer?.stop()
  await proxy?.close()
  await replay?.close()
  await database?.drop()
})

/** The replayed history has no storage to compare with. */
function start(more: { contract?: string; onFatal?: (error: Error) => void } = {}): Promise<Indexer> {
  return startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: PASSPHRASE, contract: chain.contract },
    ...{ idleMs: 10, verify: false, ...more },
  })
}

const writers = () =>
  withClient(database.url, async (client) => {
    const { rows } = await client.query(
      "select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())",
    )
    return (rows as { pid: number }[]).map(({ pid }) => pid)
  })

test('an RPC that asks to be left alone is asked again within the session: the writer keeps its place', async () => {
  const [writer] = await writers()
  proxy.accidents = ['too many']
  proxy.trouble = 1
  const before = proxy.happened.get('too many') ?? 0
  await until(() => (proxy.happened.get('too many') ?? 0) > before + 4, { what: 'the RPC to refuse a few times' })
  await untilStatus(indexer, 'the trouble to be told', ({ rpc }) => !rpc.ok)
  proxy.trouble = 0
  await untilStatus(indexer, 'the RPC to be well', ({ rpc, state }) => rpc.ok && state === 'following')
  expect(await writers()).toEqual([writer])
})

test('a writer whose connection is gone is one again, on a network at rest too, where nothing is to be written', async () => {
  const [writer] = await writers()
  await withClient(database.url, (client) => client.query('select pg_terminate_backend($1)', [writer]))
  await until(async () => (await writers()).some((pid) => pid !== writer), { what: 'another connection as writer' })
  await untilStatus(indexer, 'the database to be well', ({ database: db, state }) => db.ok && state === 'following')
})

test('connections that Postgres drops while they are in use end a request, not the process', async () => {
  const crashes: unknown[] = []
  const note = (error: unknown) => crashes.push(error)
  process.on('uncaughtException', note)
  const asking = Array.from({ length: 40 }, () => fetch(`${indexer.url}/v1/challenges?limit=100`).catch(() => null))
  for (let round = 0; round < 5; round++) {
    await withClient(database.url, (client) =>
      client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      ),
    )
    asking.push(...Array.from({ length: 20 }, () => fetch(`${indexer.url}/v1/challenges?limit=100`).catch(() => null)))
  }
  await Promise.all(asking)
  await untilStatus(indexer, 'the database to be well', ({ database: db, state }) => db.ok && state === 'following')
  expect((await fetch(`${indexer.url}/v1/challenges`)).status).toBe(200)
  process.off('uncaughtException', note)
  expect(crashes).toEqual([])
})

test('with another contract nothing is served and the service ends with a sentence that names both', async () => {
  const before = await dumpTables(database.url)
  const other = contractOf('other')
  let fatal: Error | undefined
  const second = await start({
    contract: other,
    onFatal: (error) => {
      fatal = error
    },
  })
  const statuses = new Set<number>()
  await until(
    async () => {
      const answer = await fetch(`${second.url}/v1/challenges`)
      statuses.add(answer.status)
      return fatal
    },
    { what: 'the refusal' },
  )
  expect(fatal!.message).toContain(chain.contract)
  expect(fatal!.message).toContain(other)
  const refused = await fetch(`${second.url}/v1/challenges`)
  expect([refused.status, ...statuses].every((status) => status === 503)).toBe(true)
  expect(((await refused.json()) as { detail: string }).detail).toContain(chain.contract)
  expect((await fetch(`${second.url}/ready`)).status).toBe(503)
  await second.stop()
  expect(await dumpTables(database.url)).toEqual(before)
})

test('as a process it exits with 1 and the sentence on stderr', async () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', main], {
    env: {
      ...{ DB_URL: database.url, RPC_URL: proxy.url, NETWORK_PASSPHRASE: 'Another Network', PORT: '0' },
      CONTRACT_ADDRESS: chain.contract,
    },
    stdio: 'pipe',
  })
  // One that does not end fails this test, and must not outlive it.
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = Array.fromAsync(child.stderr, String)
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect((await said).join('')).toContain(`The database at DB_URL holds the network "${PASSPHRASE}"`)
})
