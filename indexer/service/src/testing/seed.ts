/**
 * One bad day from a seed: an index is built through RPCs that fail, lie by leaving out, forget and are behind, while it is killed and
 * loses its database; at the end its tables are a calm run's, or what differs is marked. At no moment is anything that differs unmarked.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createRpc } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Client } from 'pg'
import { startIndexer } from '../indexer.ts'
import { createRpcs } from '../source/rpcs.ts'
import { readCompleteness } from '../store/completeness.ts'
import { wrongSums } from '../store/sums.ts'
import { CHALLENGES, SEATS, SUBMISSIONS, type Table } from '../store/tables.ts'
import type { Difference } from '../verify/compare.ts'
import { verify } from '../verify/verify.ts'
import { type Accident, type BadProxy, LOUD, SILENT, startBadProxy } from './bad-proxy.ts'
import { poorer } from './lies.ts'
import type { Network } from './network.ts'
import type { OwnPostgres } from './own-postgres.ts'
import { createChance } from './random.ts'
import { type Dump, dumpTables, withClient } from './tables.ts'

export type Day = {
  seed: number
  /** Accidents that happened, over all proxies. */
  accidents: Partial<Record<Accident, number>>
  kills: number
  /** Restarts of Postgres, by SIGKILL as well. */
  restarts: number
  /** One of two RPCs told lies of the contract's entries all day. */
  lies: boolean
  /** Looks at the tables while it ran, and in how many of them something was marked. */
  looks: number
  marked: number
  /** How it ended: challenges that stay recovered, because ledgers are lost for good. */
  recovered: number
  gaps: number
  /** What was wrong; empty: nothing. */
  problems: string[]
}

export type DayOptions = {
  seed: number
  /** A process of its own, ended with SIGKILL; else inside this one, stopped between two pages. */
  process?: boolean
}

/** What all days share: a network at rest, what is right of it, and where databases are made and restarted. */
export type Stage = {
  network: Network
  postgres: OwnPostgres
  last: number
  right: Rows
  tables: Dump
  /** What the network answers. */
  kept: Map<string, string>
}

/** @param network at rest, its own index caught up: what it has is right */
export async function createStage(network: Network, postgres: OwnPostgres): Promise<Stage> {
  return {
    ...{ network, postgres, last: network.net.ledger().sequence, kept: new Map() },
    right: await withClient(network.dbUrl, readRows),
    tables: await dumpTables(network.dbUrl),
  }
}

const beginning = (seed: number): Day => ({
  ...{ seed, lies: false, accidents: {}, kills: 0, restarts: 0, looks: 0, marked: 0, recovered: 0, gaps: 0 },
  problems: [],
})

export async function liveThrough(stage: Stage, options: DayOptions): Promise<Day> {
  const { network, postgres, last, right, kept } = stage
  const { seed } = options
  const chance = createChance(seed)
  const database = await postgres.createDatabase()
  const before = (n: number) => startBadProxy(network.net.rpcUrl, createChance(seed * 7 + n), { kept })
  const proxies: BadProxy[] = []
  for (let n = chance.int(1, 2); n > 0; n--) proxies.push(await before(n))
  const honest = await before(0)
  for (const proxy of proxies) {
    proxy.trouble = chance.pick([0.05, 0.15, 0.3])
    proxy.accidents = chance.pick([LOUD, SILENT, [...LOUD, ...SILENT]])
  }
  // The beginning may be lost already, and some events may never have been heard of: one that leaves no trace in the contract, as a vote
  // that its voter replaced, nobody can miss, and only the count of events is lower for it.
  if (chance.yes(0.25)) forget(proxies, chance.int(2, last))
  if (chance.yes(0.25)) {
    const part = chance.int(0, 8)
    for (const proxy of proxies) proxy.hides = ({ id }) => Number(BigInt(id.slice(0, 19)) % 9n) === part
  }
  const lies = proxies.length > 1 && chance.yes(0.5)
  if (lies) chance.pick(proxies).entries = poorer
  const day = { ...beginning(seed), lies }
  const urls = proxies.map(({ url }) => url)
  const shape = { pageLimit: chance.pick([3, 10, 100]), window: chance.pick([5, 20, 1_000]) }
  const begin = () =>
    options.process ? runProcess(network, database.url, urls) : run(network, database.url, proxies, shape)
  let running = await begin()

  let looking = true
  const looks = (async () => {
    while (looking) {
      // As long as the connection lasts.
      await withClient(database.url, async (client) => {
        for (; looking; await sleep(LOOK_MS)) await look(client, last, right, day)
      }).catch(() => sleep(LOOK_MS))
    }
  })()

  for (let turns = chance.int(2, 5); turns > 0; turns--) {
    await requests(proxies, chance.int(3, 30))
    const what = chance.pick(['kill', 'connections', 'database', 'forget', 'nothing'] as const)
    if (what === 'kill') {
      day.kills += 1
      await running.kill()
      // While it is away, ledgers may be lost.
      if (chance.yes(0.5)) forget(proxies, chance.int(2, last))
      running = await begin()
    }
    if (what === 'forget' && chance.yes(0.5)) forget(proxies, chance.int(2, last))
    if (what === 'connections') await cutConnections(database.url)
    if (what === 'database') {
      day.restarts += 1
      await postgres.restart(chance.pick(['fast', 'kill'] as const))
    }
  }
  await requests(proxies, chance.int(5, 40))
  for (const proxy of proxies) Object.assign(proxy, { trouble: 0, entries: null })
  await until(
    async () => {
      const known = await readCompleteness(database.db)
      return known.verifiedLedger !== null && known.verifiedLedger >= last && known.partial + known.absent === 0
    },
    { what: `seed ${seed} to come to rest`, timeout: 600_000 },
  )
    .then(async () => {
      // The looks one by one may still find what the counters do not show.
      const chain = { ...network.chain, rpc: createRpc(honest.url, { fetch: honest.fetch }) }
      let unmarked: Difference[] = []
      await until(
        async () => {
          unmarked = await withClient(database.url, (client) => verify(client, chain))
          return unmarked.length === 0
        },
        { what: `seed ${seed} to agree with the contract`, timeout: 300_000 },
      ).catch((error) => {
        throw new Error(`${error.message} ${JSON.stringify(unmarked)}`)
      })
    })
    .catch(async (error) => {
      const found = await readCompleteness(database.db).catch(() => null)
      const left = await database.db
        .selectFrom('incomplete')
        .selectAll()
        .execute()
        .catch(() => null)
      day.problems.push(`${error} ${JSON.stringify({ found, left })}`)
    })
  looking = false
  await looks
  await running.kill()

  // Another day may restart the database just now.
  const known = await until(() => readCompleteness(database.db), { what: 'the database' })
  day.recovered = known.recovered
  day.gaps = known.gaps.length
  for (const proxy of proxies)
    for (const [accident, times] of proxy.happened) day.accidents[accident] = (day.accidents[accident] ?? 0) + times
  if (known.whole && known.gaps.length === 0 && !known.firstLedger) day.problems.push('whole without a beginning')
  const wrong = await until(() => withClient(database.url, wrongSums), { what: 'the sums' })
  for (const { where, field, kept, counted } of wrong)
    day.problems.push(`${where} ${field}: kept ${kept}, counted ${counted}`)
  if (known.whole) {
    const mine = await until(() => dumpTables(database.url), { what: 'the tables' })
    const theirs = stage.tables
    for (const table of Object.keys(theirs)) {
      // The keys of oracles that registered before the first ledger that is known here are read from the contract, without their transaction.
      if (table === 'oracle_keys') continue
      // The count of events is compared where none was hidden; see above.
      if (table === 'challenges' && proxies.some(({ hides }) => hides)) continue
      if (mine[table]!.join('\n') !== theirs[table]!.join('\n')) day.problems.push(`${table} is not the calm run's`)
    }
  } else if (known.recovered === 0) day.problems.push('neither whole nor marked')
  for (const proxy of [...proxies, honest]) await proxy.close()
  await database.drop()
  return day
}

/** A few at a time: most of a day is waiting. In the order in which they end. */
export async function livesThrough(
  stage: Stage,
  days: readonly DayOptions[],
  lived: (day: Day) => void,
  atOnce = 3,
): Promise<void> {
  const left = [...days]
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { seed } = next
      // One that cannot end is told with the others, which go on.
      lived(await liveThrough(stage, next).catch((error) => ({ ...beginning(seed), problems: [String(error)] })))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

/** Waits until so many more came; a service that rests asks too. */
async function requests(proxies: readonly BadProxy[], more: number): Promise<void> {
  const count = () => proxies.reduce((all, { asked }) => [...asked.values()].reduce((sum, n) => sum + n, all), 0)
  const enough = count() + more
  await until(() => count() >= enough, { what: `${more} more requests`, timeout: 300_000 })
}

function forget(proxies: readonly BadProxy[], ledger: number): void {
  for (const proxy of proxies) proxy.oldest = Math.max(proxy.oldest, ledger)
}

type Running = { kill(): Promise<void> }
type Shape = { pageLimit: number; window: number }

/** Waits after failures are as short as the looks between them. */
const PATIENCE = 0.05
const LOOK_MS = 50

async function run(network: Network, dbUrl: string, proxies: readonly BadProxy[], shape: Shape): Promise<Running> {
  const { contract } = network.chain.network
  const { passphrase } = network.net
  const rpcUrls = proxies.map(({ url }) => url)
  const byUrl = new Map(proxies.map((proxy) => [proxy.url, proxy]))
  const direct: typeof fetch = (url, init) => byUrl.get(String(url))!.fetch(url, init)
  const indexer = await startIndexer({
    ...{ dbUrl, rpcUrls, network: passphrase, contract, ...shape, patience: PATIENCE },
    rpcs: createRpcs(rpcUrls, { network: passphrase, fetch: direct, restMs: 1_000 * PATIENCE }),
    ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
  })
  return { kill: () => indexer.stop() }
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

function runProcess(network: Network, dbUrl: string, rpcUrls: readonly string[]): Running {
  const env = {
    ...{ DB_URL: dbUrl, RPC_URL: rpcUrls.join(), NETWORK_PASSPHRASE: network.net.passphrase },
    ...{ CONTRACT_ADDRESS: network.chain.network.contract, PORT: '0', LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' },
  }
  const child: ChildProcess = spawn(process.execPath, ['--conditions=stellartrain-source', MAIN], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // However this process ends.
  const end = () => void child.kill('SIGKILL')
  process.on('exit', end)
  child.once('exit', () => process.off('exit', end))
  return {
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function cutConnections(dbUrl: string): Promise<void> {
  await withClient(dbUrl, (client) =>
    client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    ),
  ).catch(() => {})
}

// biome-ignore lint/suspicious/noExplicitAny: a list of tables of different rows.
const SHOWN: Table<any>[] = [CHALLENGES, SEATS, SUBMISSIONS]

/** What is shown of each challenge, by its number. */
type Rows = Map<number, string>

async function readRows(client: Client): Promise<Rows> {
  const rows: Rows = new Map()
  for (const table of SHOWN) {
    const shown = table.columns.filter(([name]) => name !== 'events')
    const columns = shown.map(([name]) => `${name}::text`).join(', ')
    const { rows: found } = await client.query({
      text: `select ${columns} from ${table.name} order by ${table.key.join(', ')}`,
      rowMode: 'array',
    })
    for (const row of found as (string | null)[][]) {
      const id = Number(row[0])
      rows.set(id, `${rows.get(id) ?? ''}${table.name} ${row.join('|')}\n`)
    }
  }
  return rows
}

/** The first line in which two texts differ, in both. */
function firstOf(right: string, mine: string): string {
  const [a, b] = [right.split('\n'), mine.split('\n')]
  const at = a.findIndex((line, index) => line !== b[index])
  return `right ${a[at]}, here ${b[at]}`
}

/** Whatever is not marked, in tables that say that they were compared, is right; what is not there is counted as absent. */
async function look(client: Client, last: number, right: Rows, day: Day): Promise<void> {
  await client.query('begin isolation level repeatable read, read only')
  try {
    const { rows } = await client.query('select verified_ledger, challenges from sync')
    const [sync] = rows as { verified_ledger: number | null; challenges: number | null }[]
    const verified = sync?.verified_ledger ?? null
    day.looks += 1
    if (verified === null || verified < last) {
      day.marked += 1
      return
    }
    const { rows: marked } = await client.query('select challenge::int as id from incomplete')
    const apart = new Set((marked as { id: number }[]).map(({ id }) => id))
    if (apart.size > 0) day.marked += 1
    const mine = await readRows(client)
    if ((sync!.challenges ?? 0) < right.size)
      day.problems.push(`${sync!.challenges} of ${right.size} challenges are counted`)
    for (const [id, text] of right) {
      if (apart.has(id) || !mine.has(id)) continue
      if (mine.get(id) !== text)
        day.problems.push(`challenge ${id} differs and is not marked: ${firstOf(text, mine.get(id)!)}`)
    }
  } finally {
    await client.query('rollback')
  }
}
