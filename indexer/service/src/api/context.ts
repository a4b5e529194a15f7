/** What the routes need: handed in, never looked up. */
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Feed } from '../store/feed.ts'
import type { SyncReport } from '../sync/status.ts'
import type { Metrics } from './metrics.ts'

export type AppDeps = {
  db: Kysely<Database>
  /** Passphrase. */
  network: string
  contract: string
  version: string
  /** Milliseconds since 1970. */
  now: () => number
  /** What the sync loop says of itself. */
  report: () => SyncReport
  feed: Feed
  metrics?: Metrics
  /** Left out: everybody may ask as often as they like. */
  limit?: {
    /** Requests a minute from one address. */
    perMinute: number
    /** Our own proxies in front of us. */
    proxies: number
    remoteOf: (c: Context) => string
  }
  log?: (message: string, detail?: Record<string, unknown>) => void
}

export type AppEnv = { Variables: { fresh: Freshness } }

/** How far the database is, read once for each request. */
export type Freshness = {
  ledger: number
  /** Unix seconds; 0 before the first ledger. */
  ledgerClosedAt: number
  completeSince: number | null
  revision: string
  events: number
  undecoded: number
  /** The clock that decides on open and closed, Unix seconds. */
  now: number
  lagSeconds: number | null
}
