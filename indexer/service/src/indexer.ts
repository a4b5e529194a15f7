/** The whole service in one call: database, sync loop, enrichment, HTTP server. */
import { getConnInfo } from '@hono/node-server/conninfo'
import { checkDeployment, connect, createRpc, networkName, type Rpc } from '@stellartrain/contracts-client'
import { type Log, listen, silentLog } from '@stellartrain/service'
import type { Context } from 'hono'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createApp } from './api/app.ts'
import { runEnrichment } from './enrich/loop.ts'
import { pause } from './source/pages.ts'
import type { Database } from './store/database.ts'
import { createFeed } from './store/feed.ts'
import { migrate } from './store/migrate.ts'
import { runSync } from './sync/loop.ts'
import { createStatus } from './sync/status.ts'
import { VERSION } from './version.ts'

export type IndexerOptions = {
  dbUrl: string
  rpcUrl: string
  /** Passphrase. */
  network: string
  contract: string
  host?: string
  port?: number
  /** 0: begin with the oldest ledger that the RPC has. */
  startLedger?: number
  ipfsUrl?: string | undefined
  /** For tests and proxies. */
  rpc?: Rpc
  pageLimit?: number
  idleMs?: number
  now?: () => number
  log?: Log
  /** Requests a minute from one address; left out or 0: no limit. */
  requestsPerMinute?: number
  /** Our own proxies in front of the API, each of which appends to X-Forwarded-For. */
  proxies?: number
}

export type Indexer = { url: string; port: number; db: Kysely<Database>; stop(): Promise<void> }

/** Listens at once, also while its database or its RPC is down; `/ready` says when it has caught up. @throws ServiceError `cannot_listen` */
export async function startIndexer(options: IndexerOptions): Promise<Indexer> {
  const log = options.log ?? silentLog
  const now = options.now ?? Date.now
  const stopping = new AbortController()
  const { signal } = stopping
  const pool = new pg.Pool({
    connectionString: options.dbUrl,
    max: 8,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
  })
  pool.on('error', () => {})
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const rpc = options.rpc ?? createRpc(options.rpcUrl, { retries: 1 })
  const { network, contract } = options
  const chain = connect({ name: networkName(network), passphrase: network, rpcUrl: options.rpcUrl, contract }, { rpc })
  const status = createStatus(now, options.ipfsUrl !== undefined)
  const feed = createFeed(options.dbUrl)

  const app = createApp({
    ...{ db, network, contract, version: VERSION, now, feed },
    report: status.report,
    signal,
    ...(options.requestsPerMinute
      ? { limit: { perMinute: options.requestsPerMinute, proxies: options.proxies ?? 0, remoteOf } }
      : {}),
    log,
  })
  const server = await listen(app, { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }).catch(
    async (error) => {
      await Promise.all([feed.close(), db.destroy()])
      throw error
    },
  )

  const work = (async () => {
    await untilMigrated(db, signal, (message) => {
      status.upstream('database', message)
      log.warn('database_not_ready', { message })
    })
    await Promise.all([
      runSync({
        ...{ dbUrl: options.dbUrl, rpc, status, signal, log },
        async checkDeployment(ended) {
          await checkDeployment(chain, { signal: ended })
        },
        identity: { network, contract, startLedger: options.startLedger ?? 0 },
        ...(options.pageLimit === undefined ? {} : { pageLimit: options.pageLimit }),
        ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
      }),
      runEnrichment({ db, chain, gateways: options.ipfsUrl ? [options.ipfsUrl] : [], feed, status, now, signal }),
    ])
  })()

  return {
    url: server.url,
    port: server.port,
    db,
    async stop() {
      stopping.abort()
      await feed.close()
      await Promise.all([server.close(), work])
      await db.destroy()
    },
  }
}

/** The address that a connection comes from. */
const remoteOf = (c: Context) => getConnInfo(c).remote.address ?? ''

async function untilMigrated(
  db: Kysely<Database>,
  signal: AbortSignal,
  complain: (message: string) => void,
): Promise<void> {
  for (let wait = 250; !signal.aborted; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await migrate(db)
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error))
      await pause(wait, signal)
    }
  }
}
