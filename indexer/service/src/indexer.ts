/** The whole service in one call: database, sync loop, enrichment, HTTP server. */
import { getConnInfo } from '@hono/node-server/conninfo'
import { checkDeployment, connect, networkName } from '@stellartrain/contracts-client'
import { type Log, listen, silentLog, type Traces } from '@stellartrain/service'
import type { Context } from 'hono'
import { Kysely, PostgresDialect } from 'kysely'
import { createApp } from './api/app.ts'
import { runEnrichment } from './enrich/loop.ts'
import { IndexerError } from './errors.ts'
import { createLake } from './source/lake/lake.ts'
import { pause } from './source/pause.ts'
import { createRpcs, type Rpcs } from './source/rpcs.ts'
import type { Database } from './store/database.ts'
import { createFeed } from './store/feed.ts'
import { migrate } from './store/migrate.ts'
import { withClient } from './store/pool.ts'
import { openPrepared } from './store/prepared.ts'
import { checkOwner } from './sync/identity.ts'
import { runSync } from './sync/loop.ts'
import { createStatus } from './sync/status.ts'
import { runWatch } from './verify/watch.ts'
import { VERSION } from './version.ts'
import { type DeliverOptions, runDeliveries } from './webhooks/deliver.ts'
import { createWebhooks } from './webhooks/start.ts'

export type IndexerOptions = {
  dbUrl: string
  /** One or more; they must serve the same network, and are compared with each other. */
  rpcUrls: readonly string[]
  /** Passphrase. */
  network: string
  contract: string
  /** The contract of records and badges; left out: the one that the database has, if any. */
  recordsContract?: string | undefined
  /** The judge that grades; left out: the one that the database has, if any. */
  recountContract?: string | undefined
  host?: string
  port?: number
  /** 0: begin with the oldest ledger that the RPC has. */
  startLedger?: number
  ipfsUrl?: string | undefined
  /** A data lake (SEP-54), for ledgers that no RPC has any more. */
  dataLakeUrl?: string | undefined
  /** For tests and proxies. */
  rpcs?: Rpcs
  /** Signs sessions of wallets, 32 bytes in hexadecimal. Default: one that is kept in the database. */
  secretKey?: string | undefined
  /** Host names that a sign-in may be for. Default: localhost. */
  homeDomains?: readonly string[]
  /** Whether webhooks may be sent into private networks, and without https. Default: no. */
  webhooksPrivate?: boolean
  /** For tests. */
  deliveries?: Partial<Pick<DeliverOptions, 'schedule' | 'timeoutMs' | 'idleMs' | 'atOnce'>>
  /** Called once where the database is not this service's to use: the process has to end. Default: the service stops. */
  onFatal?: (error: Error) => void
  /** Whether the tables are compared with the contract in the background; default: yes. Without it nothing is known to be whole. */
  verify?: boolean
  /** How often; see `runWatch`. */
  watch?: { sweepMs?: number; lookMs?: number }
  /** Ledgers in one window of a backfill. */
  window?: number
  pageLimit?: number
  /** How long it waits after failures, in parts of the usual; for tests. */
  patience?: number
  idleMs?: number
  now?: () => number
  log?: Log
  /** Default: none. */
  traces?: Traces
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
  const pool = openPrepared(options.dbUrl, { max: 8, statement_timeout: 15_000 })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const { network, contract, rpcUrls } = options
  const { dataLakeUrl } = options
  const lake = dataLakeUrl === undefined ? undefined : createLake(dataLakeUrl, { network })
  const rpcs = options.rpcs ?? createRpcs(rpcUrls, { network, lake })
  const chain = connect({ name: networkName(network), passphrase: network, rpcUrl: rpcs.url, contract }, { rpc: rpcs })
  const status = createStatus(now, options.ipfsUrl !== undefined)
  const feed = createFeed(options.dbUrl)

  const allowPrivate = options.webhooksPrivate ?? false
  const { secretKey, homeDomains = ['localhost'] } = options
  const webhooks = createWebhooks({ network, secretKey, homeDomains, allowPrivate })

  const app = createApp({
    webhooks: webhooks.app,
    ...{ db, network, contract, version: VERSION, now, feed },
    report: status.report,
    closed: status.closed,
    signal,
    clients: { perMinute: options.requestsPerMinute ?? 0, proxies: options.proxies ?? 0, remoteOf },
    log,
    traces: options.traces,
  })
  const server = await listen(app, { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }).catch(
    async (error) => {
      await Promise.all([feed.close(), db.destroy()])
      throw error
    },
  )

  const fatal = (error: Error) => {
    status.state('refused')
    status.upstream('database', error.message)
    log.error('refused', { message: error.message })
    stopping.abort()
    options.onFatal?.(error)
  }
  const work = (async () => {
    const ours = await untilReady({ db, dbUrl: options.dbUrl, identity: { network, contract }, signal }, (message) => {
      status.upstream('database', message)
      log.warn('database_not_ready', { message })
    }).catch(fatal)
    if (!ours) return
    status.open()
    await Promise.all([
      webhooks.open(db, signal),
      runDeliveries({ dbUrl: options.dbUrl, feed, signal, log, allowPrivate, now, ...options.deliveries }),
      runSync({
        ...{ dbUrl: options.dbUrl, rpcs, status, signal, log, fatal, patience: options.patience },
        async checkDeployment(ended) {
          await checkDeployment(chain, { signal: ended })
        },
        identity: {
          ...{ network, contract, records: options.recordsContract ?? null },
          recount: options.recountContract ?? null,
          startLedger: options.startLedger ?? 0,
        },
        ...(options.verify === false
          ? {}
          : {
              watch: (ended) =>
                runWatch({
                  dbUrl: options.dbUrl,
                  chain,
                  rpcs,
                  signal: ended,
                  log,
                  patience: options.patience,
                  ...options.watch,
                }),
            }),
        ...(options.pageLimit === undefined ? {} : { pageLimit: options.pageLimit }),
        ...(options.window === undefined ? {} : { window: options.window }),
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

type Opening = {
  db: Kysely<Database>
  dbUrl: string
  identity: { network: string; contract: string }
  signal: AbortSignal
}

/** Migrated, and of this network and contract. @throws IndexerError where it is another's; false when aborted */
async function untilReady({ db, dbUrl, identity, signal }: Opening, complain: (message: string) => void) {
  for (let wait = 250; !signal.aborted; wait = Math.min(wait * 2, 5_000)) {
    try {
      await migrate(db)
      await withClient(dbUrl, (client) => checkOwner(client, identity))
      return true
    } catch (error) {
      if (error instanceof IndexerError && error.code !== 'newer_database') throw error
      complain(error instanceof Error ? error.message : String(error))
      await pause(wait, signal)
    }
  }
  return false
}
