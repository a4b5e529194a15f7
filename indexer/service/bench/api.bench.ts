/**
 * Pages of the API, beside a bare `node:http` + `pg` handler that sends the rows of the same SQL on the same data: what snapshots,
 * cursors, rules and views cost. Where the SQL writes JSON, which a handler that sends rows as they are would write once more, a second
 * one asks for the columns instead, and the faster of both counts. Each server is a process of its own, and both are asked in turns by as many clients, which read no
 * more than they must. Prints two JSON lines a list: answers a second as the clients have them, and for a second of CPU, the server's
 * and its connections' of Postgres, which whatever else runs on the machine does not change.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { listen } from '@stellartrain/service'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createApp } from '../src/api/app.ts'
import type { Database } from '../src/store/database.ts'
import { createFeed } from '../src/store/feed.ts'
import { openPrepared } from '../src/store/prepared.ts'
import { createTestApi } from '../src/testing/api.ts'
import { createEventChain } from '../src/testing/chain.ts'
import type { Statement } from '../src/testing/database.ts'
import { FIRST_MADE, makeRows } from '../src/testing/made.ts'
import { contractOf } from '../src/testing/random.ts'
import { tellStory } from '../src/testing/story.ts'
import { withClient } from '../src/testing/tables.ts'
import { cpuOf, since } from './cpu.ts'
import { load } from './load.ts'

const PATHS = {
  challenges: '/v1/challenges',
  submissions: `/v1/challenges/${FIRST_MADE}/submissions`,
  leaderboard: `/v1/challenges/${FIRST_MADE}/leaderboard`,
  payments: '/v1/payments',
  events: '/v1/events?order=newest',
}
/** What a handler would ask for that makes JSON of the rows itself. */
const BY_COLUMNS: Partial<Record<keyof typeof PATHS, string>> = {
  events: 'select id, ledger, closed_at, tx_hash, type, challenge, data from events order by id desc limit 21',
}
const TURN = { clients: 8, seconds: 1 }
const ROUNDS = 5

/** `noted` is asked once, for what it asks. */
type Kind = 'made' | 'kept' | 'noted' | 'bare'
/** What a server is told, and what it tells. */
type Asked = { statements?: [path: string, Statement[]] }
type Told = { port?: number; cpu: number; asked: Statement[] }

const [kind, url] = process.argv.slice(2).filter((argument) => !argument.startsWith('-')) as [Kind?, string?]
if (kind !== undefined && url !== undefined) await serve(kind, url)
else await measure()

async function serve(kind: Kind, url: string): Promise<void> {
  let asked: Statement[] = []
  const statements = new Map<string, Statement[]>()
  const port = kind === 'bare' ? await serveBare(url, statements) : await serveApi(kind, url, (one) => asked.push(one))
  const tell = (told: Partial<Told>) => {
    const { user, system } = process.cpuUsage()
    process.send!({ ...told, cpu: (user + system) / 1e6, asked } satisfies Told)
    asked = []
  }
  process.on('message', ({ statements: given }: Asked) => {
    if (given) statements.set(...given)
    tell({})
  })
  process.on('disconnect', () => process.exit(0))
  tell({ port })
}

async function serveApi(kind: Kind, url: string, told: (statement: Statement) => void): Promise<number> {
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPrepared(url, { max: 8 }) }),
    ...(kind === 'noted' && { log: ({ query: { sql, parameters } }) => told({ sql, parameters }) }),
  })
  const upstream = { ok: true, since: null, message: null }
  const app = createApp({
    ...{ db, network: 'net', contract: '', version: '0', feed: createFeed(url), now: Date.now },
    report: () => ({
      ...{ state: 'following', startedAt: '', networkLedger: null },
      ...{ rpc: upstream, database: upstream, ipfs: null },
    }),
    // Each answer is made: what a page costs whose rows nobody asked for before.
    ...(kind !== 'kept' && { keepsAnswersMs: 0 }),
  })
  return (await listen(app, { host: '127.0.0.1', port: 0 })).port
}

async function serveBare(url: string, statements: ReadonlyMap<string, Statement[]>): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  const server = createServer(async (request, response) => {
    const rows = []
    for (const { sql, parameters } of statements.get(request.url ?? '') ?? []) {
      rows.push((await pool.query(sql, [...parameters])).rows)
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(rows))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function measure(): Promise<void> {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  const made = await createTestApi(chain)
  const { url } = made.database
  await withClient(url, (client) => makeRows(client, { challenges: 10, submissions: 500, solvers: 250 }))
  const kinds = ['made', 'kept', 'noted', 'bare', 'bare'] as const
  const servers = await Promise.all(kinds.map((kind) => startServer(kind, url)))
  const [ours, again, noted, bare, columns] = servers as [Server, Server, Server, Server, Server]

  for (const [name, path] of Object.entries(PATHS) as [keyof typeof PATHS, string][]) {
    // The first answer also asks what is known whole, which is asked once for each state.
    await load(noted.port, path, { ...TURN, most: 1 })
    await noted.ask({})
    await load(noted.port, path, { ...TURN, most: 1 })
    const { asked } = await noted.ask({})
    // Its own data: how fresh the tables are and in which transaction is what it adds.
    const read = asked.filter(({ sql }) => /^\s*(select|with)/.test(sql) && !/"sync"|set_config/.test(sql))
    await bare.ask({ statements: [path, read] })
    const byColumns = BY_COLUMNS[name]
    if (byColumns) await columns.ask({ statements: [path, [{ sql: byColumns, parameters: [] }]] })
    const measured = [ours, again, bare, ...(byColumns ? [columns] : [])].map((server) => ({
      server,
      rate: 0,
      spent: Number.POSITIVE_INFINITY,
    }))
    // In turns, and the best of each: other work on the machine slows all, not one. The first warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const one of measured) {
        const before = cpuOf(url)
        const { cpu: from } = await one.server.ask({})
        const begin = performance.now()
        const answers = await load(one.server.port, path, TURN)
        const seconds = (performance.now() - begin) / 1_000
        const { cpu: to } = await one.server.ask({})
        if (round === 0) continue
        one.rate = Math.max(one.rate, answers / seconds)
        one.spent = Math.min(one.spent, (to - from + since(before, cpuOf(url))) / answers)
      }
    }
    const [fresh, same, ...references] = measured as unknown as [Measured, Measured, ...Measured[]]
    const reference = {
      rate: Math.max(...references.map(({ rate }) => rate)),
      spent: Math.min(...references.map(({ spent }) => spent)),
    }
    tell(`pages of ${name}`, 'answers/s', fresh.rate, reference.rate)
    tell(`pages of ${name}, by CPU`, 'answers/CPU s', 1 / fresh.spent, 1 / reference.spent)
    tell(`pages of ${name}, the same within a second`, 'answers/s', same.rate, reference.rate)
  }
  for (const { child } of servers) {
    child.disconnect()
    await once(child, 'exit')
  }
  await made.close()
}

type Measured = { rate: number; spent: number }
type Server = { port: number; child: ChildProcess; ask(asked: Asked): Promise<Told> }

async function startServer(kind: Kind, url: string): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), [kind, url])
  const told = async () => ((await once(child, 'message')) as [Told])[0]
  const { port } = await told()
  return {
    ...{ port: port!, child },
    ask(asked) {
      const answer = told()
      child.send(asked)
      return answer
    },
  }
}

function tell(what: string, unit: string, rate: number, reference: number): void {
  process.stdout.write(
    `${JSON.stringify({
      ...{ bench: 'api', what, ours: Math.round(rate), reference: Math.round(reference) },
      ...{ referenceName: 'node:http + pg, same SQL', unit, ratio: Math.round((rate / reference) * 1_000) / 1_000 },
    })}\n`,
  )
}
