/**
 * Pages over much data: `npm run scale [-- --challenges 10000 --submissions 120 --home DIR --svg FILE]`. Tells a hundredth of the
 * challenges through the real projection; the others are copies of its rows by whole ledgers, which are what the projection would make
 * (src/testing/copies.test.ts). On the way, at a hundredth, a tenth and the whole, it measures every list and detail inside the server
 * (no sockets), and the buffers that each page reads. One JSON line a measurement. With a folder, what is there is gone on with. The
 * whole takes a few GB of disk.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@stellartrain/indexer-postgres'
import type { ClientBase } from 'pg'
import { createApp } from '../src/api/app.ts'
import { readPage } from '../src/source/page.ts'
import { readAhead } from '../src/source/pages.ts'
import { commitPage } from '../src/store/commit.ts'
import { createFeed } from '../src/store/feed.ts'
import { migrate } from '../src/store/migrate.ts'
import { buffersOf, statements } from '../src/testing/buffers.ts'
import { copyChallenges } from '../src/testing/copies.ts'
import { openKysely } from '../src/testing/database.ts'
import { randomHistory } from '../src/testing/history.ts'
import { createChance } from '../src/testing/random.ts'
import { withClient } from '../src/testing/tables.ts'
import { plot, type Series } from './plot.ts'

const { values } = parseArgs({
  options: {
    challenges: { type: 'string', default: '10000' },
    /** Of each challenge. With these, 10,000 challenges have 1 M submissions and 5 M events. */
    submissions: { type: 'string', default: '120' },
    /** Submissions that one event of votes is about. */
    batch: { type: 'string', default: '5' },
    requests: { type: 'string', default: '200' },
    home: { type: 'string' },
    svg: { type: 'string' },
  },
})
const [challenges, submissions, batch, requests] = [
  ...[values.challenges, values.submissions, values.batch, values.requests].map(Number),
] as [number, number, number, number]
const PAGE = 10_000
/** The first ledger. */
const FIRST = 1_000
/** Challenges of one block: it is held in memory whole. */
const BLOCK = Math.max(1, Math.floor(20_000 / submissions))
/** Told; what is behind them is copied. */
const TOLD = Math.ceil(challenges / 100)
/** Copies that one transaction writes. */
const AT_ONCE = 10

type Row = Record<'solver' | 'challenge' | 'number' | 'maker' | 'oracle' | 'tx', string>
/** Of a challenge that was told: a copy has the events of the first, which cannot be replayed as its own. */
type Past = Record<'challenge' | 'ledger', string>
type Sample = Row & { id: number; past: Past }
const withCursor = (path: string, cursor: string) => `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`

/** By a name that says what differs from request to request. */
const PATHS: Record<string, (sample: Sample) => string> = {
  '/v1/challenges': () => '/v1/challenges',
  '/v1/challenges?sort=prize': () => '/v1/challenges?sort=prize',
  '/v1/challenges?sort=deadline': () => '/v1/challenges?sort=deadline',
  '/v1/challenges?phase=ended': () => '/v1/challenges?phase=ended',
  '/v1/challenges?phase=over': () => '/v1/challenges?phase=over',
  '/v1/challenges?maker={maker}': ({ maker }) => `/v1/challenges?maker=${maker}`,
  '/v1/challenges?oracle={oracle}': ({ oracle }) => `/v1/challenges?oracle=${oracle}`,
  '/v1/challenges?q=': () => '/v1/challenges?q=penguins',
  '/v1/challenges/{id}': ({ id }) => `/v1/challenges/${id}`,
  // As it was when one of its submissions came.
  '/v1/challenges/{id}?at_ledger=': ({ past }) => `/v1/challenges/${past.challenge}?at_ledger=${past.ledger}`,
  '/v1/challenges/{id}/leaderboard?at_ledger=': ({ past }) =>
    `/v1/challenges/${past.challenge}/leaderboard?at_ledger=${past.ledger}`,
  '/v1/challenges/{id}/submissions?solver={solver}': ({ challenge, solver }) =>
    `/v1/challenges/${challenge}/submissions?solver=${solver}`,
  '/v1/challenges/{id}/epochs': ({ id }) => `/v1/challenges/${id}/epochs`,
  '/v1/challenges/{id}/claims': ({ id }) => `/v1/challenges/${id}/claims`,
  '/v1/challenges/{id}/submissions': ({ id }) => `/v1/challenges/${id}/submissions`,
  '/v1/challenges/{id}/leaderboard': ({ id }) => `/v1/challenges/${id}/leaderboard`,
  '/v1/challenges/{id}/submissions/{number}': ({ challenge, number }) =>
    `/v1/challenges/${challenge}/submissions/${number}`,
  '/v1/submissions': () => '/v1/submissions',
  '/v1/submissions?solver={solver}': ({ solver }) => `/v1/submissions?solver=${solver}`,
  '/v1/accounts/{solver}/scores': ({ solver }) => `/v1/accounts/${solver}/scores`,
  '/v1/holds': () => '/v1/holds',
  '/v1/votes': () => '/v1/votes',
  '/v1/votes?challenge={id}': ({ id }) => `/v1/votes?challenge=${id}`,
  '/v1/votes?challenge={id}&oracle={oracle}': ({ challenge, oracle }) =>
    `/v1/votes?challenge=${challenge}&oracle=${oracle}`,
  '/v1/payments': () => '/v1/payments',
  '/v1/payments?solver={solver}': ({ solver }) => `/v1/payments?solver=${solver}`,
  '/v1/accounts/{solver}': ({ solver }) => `/v1/accounts/${solver}`,
  '/v1/accounts/{solver}/submissions': ({ solver }) => `/v1/accounts/${solver}/submissions`,
  '/v1/claims': () => '/v1/claims',
  '/v1/rankings': () => '/v1/rankings',
  '/v1/accounts/{solver}/claims': ({ solver }) => `/v1/accounts/${solver}/claims`,
  '/v1/accounts/{maker}': ({ maker }) => `/v1/accounts/${maker}`,
  '/v1/oracles': () => '/v1/oracles',
  '/v1/oracles/{oracle}': ({ oracle }) => `/v1/oracles/${oracle}`,
  '/v1/transactions/{hash}': ({ tx }) => `/v1/transactions/${tx}`,
  '/v1/events': () => '/v1/events?order=newest',
  '/v1/events?challenge={id}': ({ id }) => `/v1/events?challenge=${id}`,
  '/v1/events?type=earnings_claimed': () => '/v1/events?type=earnings_claimed',
  '/v1/events?challenge={id}&type=scored': ({ id }) => `/v1/events?challenge=${id}&type=scored`,
  '/v1/totals': () => '/v1/totals',
  '/status': () => '/status',
  '/v1/makers': () => '/v1/makers',
  '/v1/statistics': () => '/v1/statistics',
  '/v1/statistics/paid': () => '/v1/statistics/paid',
  '/v1/challenges/{id}/statistics': ({ id }) => `/v1/challenges/${id}/statistics`,
  '/v1/challenges/{id}/scores': ({ id }) => `/v1/challenges/${id}/scores`,
}

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const home = values.home ?? (await mkdtemp(join(tmpdir(), 'stellartrain-scale-')))
const postgres = await startPostgres({ home: join(home, 'postgres'), durable: false, database: 'scale' })
const migrating = openKysely(postgres.url)
await migrate(migrating)
await migrating.destroy()

const measured: { size: number; path: string; p50: number; p99: number; buffers: number }[] = []
try {
  for (const part of [0.01, 0.1, 1]) {
    const wanted = Math.ceil(challenges * part)
    // What is there already is no smaller.
    if ((await count('challenges')) > wanted) continue
    await withClient(postgres.url, async (client) => {
      for (let have = await count('challenges'); have < wanted; have = await count('challenges')) {
        const begin = performance.now()
        const before = await count('events')
        await (have < TOLD ? tellMore(client, have) : copyMore(client, have, wanted))
        const seconds = (performance.now() - begin) / 1_000
        const events = (await count('events')) - before
        const now = await count('challenges')
        say({ event: have < TOLD ? 'told' : 'copied', challenges: now, perSecond: Math.round(events / seconds) })
      }
      await client.query('update sync set verified_ledger = ledger, challenges = (select count(*) from challenges)')
      await client.query('vacuum analyze')
    })
    await measure(wanted)
  }
} finally {
  await postgres.stop()
  if (values.home === undefined) await rm(home, { recursive: true, force: true })
}
if (values.svg) {
  const series = (of: 'p99' | 'buffers'): Series[] =>
    [...Map.groupBy(measured, ({ path }) => path)].map(([name, points]) => ({
      name,
      points: points.map((point) => [point.size, point[of]] as const),
    }))
  const charts = [
    { title: 'p99 inside the server, ms, by challenges', series: series('p99'), limit: 20 },
    { title: 'Buffers a page reads, by challenges', series: series('buffers') },
  ]
  await writeFile(values.svg, plot(charts))
}
const slow = measured.filter(({ size, p99 }) => size === challenges && p99 >= 20)
say({ event: 'done', slow: slow.map(({ path }) => path) })
process.exit(slow.length === 0 ? 0 : 1)

async function tellMore(client: ClientBase, have: number): Promise<void> {
  const { rows } = await client.query('select ledger from sync')
  const history = randomHistory({
    ...{ challenges: Math.min(BLOCK, TOLD - have), submissions, batch, winners: Math.ceil(submissions / 20) },
    ...{ seed: have + 1, first: have + 1, ledger: rows.length === 0 ? FIRST : rows[0].ledger + 1 },
  })
  if (rows.length === 0)
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('scale', $1, $2, $2 - 1)", [
      ...[history.contract, FIRST],
    ])
  for await (const page of readAhead(pagesOf(history))) await commitPage(client, page, { acceptMissing: false })
}

async function copyMore(client: ClientBase, have: number, wanted: number): Promise<void> {
  const { rows } = await client.query('select max(ledger) as last from events where challenge <= $1', [TOLD])
  const from = have / TOLD
  const to = Math.min(wanted / TOLD, from + AT_ONCE) - 1
  await client.query('begin')
  await copyChallenges(client, { challenges: TOLD, ledgers: rows[0].last - FIRST + 1, from, to })
  await client.query('commit')
}

async function count(table: string): Promise<number> {
  return withClient(postgres.url, async (client) =>
    Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n),
  )
}

async function* pagesOf({ raw, contract, ledger }: ReturnType<typeof randomHistory>) {
  for (let at = 0; at < raw.length; at += PAGE) {
    const events = raw.slice(at, at + PAGE)
    const last = at + PAGE >= raw.length
    // The last page says that its ledger is over.
    const cursor = last
      ? `${((BigInt(ledger()) << 32n) | 0xffff_ffffn).toString().padStart(19, '0')}-4294967295`
      : events.at(-1)!.id
    yield readPage({ events, cursor, latestLedger: ledger() }, contract)
  }
}

async function measure(size: number): Promise<void> {
  const { db, take } = statements(postgres.url)
  const feed = createFeed(postgres.url)
  const upstream = { ok: true, since: null, message: null }
  const app = createApp({
    ...{ db, network: 'scale', contract: '', version: '0', feed, now: Date.now, keepsAnswersMs: 0 },
    report: () => ({
      ...{ state: 'following', startedAt: '', networkLedger: null },
      ...{ rpc: upstream, database: upstream, ipfs: null },
    }),
  })
  const get = async (path: string) => {
    const response = await app.request(path)
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as { next?: string | null }
  }
  await withClient(postgres.url, async (pg) => {
    const { rows: tables } = await pg.query(
      "select relname as name, reltuples::bigint as n from pg_class where relname in ('submissions', 'votes', 'payments', 'events')",
    )
    const sizes = Object.fromEntries((tables as { name: string; n: string }[]).map(({ name, n }) => [name, Number(n)]))
    const bytes = Number((await pg.query('select pg_database_size(current_database()) as n')).rows[0].n)
    say({ event: 'size', challenges: size, ...sizes, bytes })
    const samples = (
      await pg.query(
        `select s.solver, s.challenge, s.number, c.maker, o.address as oracle, s.submit_tx as tx
         from submissions s join challenges c on c.id = s.challenge join challenge_oracles o on o.challenge = c.id and o.place = 0
         where s.challenge in (select (random() * $1)::int from generate_series(1, 50)) limit 200`,
        [size],
      )
    ).rows as Row[]
    const pasts = (
      await pg.query(
        'select challenge, submit_ledger as ledger from submissions where challenge <= $1 order by random() limit 50',
        [TOLD],
      )
    ).rows as Past[]
    for (const [name, pathOf] of Object.entries(PATHS)) {
      const chance = createChance(size)
      const next = () => pathOf({ id: chance.int(1, size), ...chance.pick(samples), past: chance.pick(pasts) })
      const times: number[] = []
      let deep: string | null = null
      for (let n = -20; n < requests; n++) {
        const path = next()
        // Every other request turns the page where the list is the same for all.
        const turned: string = deep !== null && !name.includes('{') && n % 2 ? withCursor(path, deep) : path
        const begin = performance.now()
        const answer = await get(turned)
        if (n >= 0) times.push(performance.now() - begin)
        deep = answer.next ?? null
      }
      take()
      await get(next())
      const buffers = await buffersOf(pg, take())
      times.sort((a, b) => a - b)
      const at = (part: number) => Math.round(times[Math.floor(times.length * part)]! * 100) / 100
      const line = { size, path: name, p50: at(0.5), p99: at(0.99), buffers }
      measured.push(line)
      say({ event: 'measured', ...line })
    }
  })
  await feed.close()
  await db.destroy()
}
