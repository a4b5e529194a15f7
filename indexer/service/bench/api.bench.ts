/**
 * Pages of the API, beside a bare `node:http` + `pg` handler that sends the rows of the same SQL on the same data: what snapshots,
 * cursors, rules and views cost. Both are asked in turns by as many clients; prints one JSON line a list.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listen } from '@stellartrain/service'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createApp } from '../src/api/app.ts'
import type { Database } from '../src/store/database.ts'
import { openPrepared } from '../src/store/prepared.ts'
import { createTestApi } from '../src/testing/api.ts'
import { createEventChain } from '../src/testing/chain.ts'
import { FIRST_MADE, makeRows } from '../src/testing/made.ts'
import { contractOf } from '../src/testing/random.ts'
import { tellStory } from '../src/testing/story.ts'
import { withClient } from '../src/testing/tables.ts'

const PATHS = {
  challenges: '/v1/challenges',
  submissions: `/v1/challenges/${FIRST_MADE}/submissions`,
  leaderboard: `/v1/challenges/${FIRST_MADE}/leaderboard`,
  payments: '/v1/payments',
  events: '/v1/events?order=newest',
}
const CLIENTS = 8
const SECONDS = 2
const ROUNDS = 3

const chain = createEventChain(contractOf('stellartrain'))
tellStory(chain)
const made = await createTestApi(chain)
await withClient(made.database.url, (client) => makeRows(client, { challenges: 10, submissions: 500, solvers: 250 }))

type Asked = { sql: string; parameters: readonly unknown[] }
const asked: Asked[] = []
let noting = false
const pool = () => new pg.Pool({ connectionString: made.database.url, max: 8 })
const db = new Kysely<Database>({
  dialect: new PostgresDialect({ pool: openPrepared(made.database.url, { max: 8 }) }),
  log: ({ query: { sql, parameters } }) => {
    if (noting) asked.push({ sql, parameters })
  },
})
// Each answer is made: what a page costs whose rows nobody asked for before.
const ours = await listen(createApp({ ...made.deps, db, keepsAnswersMs: 0 }), { host: '127.0.0.1', port: 0 })
const again = await listen(createApp({ ...made.deps, db }), { host: '127.0.0.1', port: 0 })

/** The statements that one answer took, by path. */
const statements = new Map<string, Asked[]>()
const plain = pool()
const bare = createServer(async (request, response) => {
  const rows = []
  for (const { sql, parameters } of statements.get(request.url ?? '') ?? []) {
    rows.push((await plain.query(sql, [...parameters])).rows)
  }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(rows))
})
await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done))
const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`

async function rate(url: string): Promise<number> {
  let answers = 0
  const begin = performance.now()
  const end = begin + SECONDS * 1_000
  const client = async () => {
    while (performance.now() < end) {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${url}: ${response.status}`)
      await response.arrayBuffer()
      answers += 1
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return answers / ((performance.now() - begin) / 1_000)
}

for (const [name, path] of Object.entries(PATHS)) {
  noting = true
  asked.length = 0
  await (await fetch(ours.url + path)).arrayBuffer()
  noting = false
  // Its own data: how fresh the tables are and in which transaction is what it adds.
  statements.set(
    path,
    asked.filter(({ sql }) => /^\s*(select|with)/.test(sql) && !/"sync"|set_config/.test(sql)),
  )
  const best = { ours: 0, again: 0, reference: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    best.ours = Math.max(best.ours, await rate(ours.url + path))
    best.again = Math.max(best.again, await rate(again.url + path))
    best.reference = Math.max(best.reference, await rate(bareUrl + path))
  }
  tell(`pages of ${name}`, best.ours, best.reference)
  tell(`pages of ${name}, the same within a second`, best.again, best.reference)
}

function tell(what: string, rate: number, reference: number): void {
  process.stdout.write(
    `${JSON.stringify({
      bench: 'api',
      what,
      ours: Math.round(rate),
      reference: Math.round(reference),
      referenceName: 'node:http + pg, same SQL',
      unit: 'answers/s',
      ratio: Math.round((rate / reference) * 1_000) / 1_000,
    })}\n`,
  )
}
await Promise.all([ours.close(), again.close()])
bare.close()
bare.closeAllConnections()
await Promise.all([db.destroy(), plain.end()])
await made.close()
