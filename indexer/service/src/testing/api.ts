/** The API over the tables of a told history: no loop, no port, a clock that the test sets. */
import { expect } from 'vitest'
import { createApp } from '../api/app.ts'
import type { AppDeps } from '../api/context.ts'
import { readPage } from '../source/page.ts'
import { commitPage } from '../store/commit.ts'
import { createFeed } from '../store/feed.ts'
import type { SyncReport } from '../sync/status.ts'
import type { EventChain } from './chain.ts'
import { createIndexerDatabase, type IndexerDatabase } from './database.ts'
import { createDocumentCheck } from './document.ts'
import { withClient } from './tables.ts'

export type TestApi = {
  deps: AppDeps
  database: IndexerDatabase
  /** Unix milliseconds; at first one second behind the last ledger. */
  clock: number
  /** Every answer that ends is held against the OpenAPI document. */
  request: (path: string, init?: RequestInit) => Promise<Response>
  /** The body of an answer that must be 200. */
  get<T>(path: string): Promise<T>
  /** Writes the history's events from this one on. */
  commit(from?: number): Promise<void>
  close(): Promise<void>
}

/** @param ledger the last one that this index knows */
export async function createTestApi(chain: EventChain, ledger = Number.POSITIVE_INFINITY): Promise<TestApi> {
  const database = await createIndexerDatabase()
  const feed = createFeed(database.url)

  async function commit(from = 0): Promise<void> {
    const events = chain.raw.slice(from).filter((event) => event.ledger <= ledger)
    const answer = { events, cursor: events.at(-1)!.id, latestLedger: Math.min(ledger, chain.ledger()) }
    await withClient(database.url, (client) =>
      commitPage(client, readPage(answer, chain.contract, chain.records, chain.recount), { acceptMissing: false }),
    )
  }

  await withClient(database.url, (client) =>
    client.query(
      "insert into sync (network, contract, recount, first_ledger, ledger) values ('net', $1, $2, 1000, 999)",
      [chain.contract, chain.recount],
    ),
  )
  await commit()
  // As if it had been compared with the contract just now.
  await withClient(database.url, (client) =>
    client.query('update sync set verified_ledger = ledger, challenges = (select count(*) from challenges)'),
  )
  const upstream = { ok: true, since: null, message: null }
  const report: SyncReport = {
    ...{ state: 'following', startedAt: '', networkLedger: chain.ledger() },
    ...{ rpc: upstream, database: upstream, ipfs: null },
  }
  const deps: AppDeps = {
    ...{ db: database.db, network: 'net', contract: chain.contract, version: '0.0.0', feed },
    now: () => api.clock,
    report: () => report,
  }
  const request = checked(createApp(deps))
  const closedAt = chain.events.findLast(({ place }) => place.ledger <= ledger)!.place.closedAt
  const api: TestApi = {
    deps,
    database,
    clock: (Math.max(closedAt, Number.isFinite(ledger) ? 0 : chain.time()) + 1) * 1_000,
    request,
    async get<T>(path: string) {
      const response = await request(path)
      expect(response.status, path).toBe(200)
      return (await response.json()) as T
    },
    commit,
    async close() {
      await feed.close()
      await database.drop()
    },
  }
  return api
}

let check: ReturnType<typeof createDocumentCheck> | undefined

/** The app as its clients meet it: what it answers must be what the document says. */
export function checked(app: Pick<ReturnType<typeof createApp>, 'request'>): TestApi['request'] {
  return async (path, init) => {
    const response = await app.request(path, init)
    const type = response.headers.get('content-type')
    const endless = type?.startsWith('text/event-stream') === true
    const body = endless || !type?.includes('json') ? '' : await response.clone().text()
    check ??= createDocumentCheck()
    const answer = { method: init?.method ?? 'GET', path: path.split('?')[0]!, status: response.status, type, body }
    expect(check(answer), `${answer.method} ${path}`).toBeNull()
    return response
  }
}
