/** What the routes need: handed in, never looked up. */
import type { Log, Traces } from '@stellartrain/service'
import type { Sessions } from '@stellartrain/service/sign-in'
import type { Context, Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Feed } from '../store/feed.ts'
import type { SyncReport } from '../sync/status.ts'

export type { AppEnv, Freshness, Reads } from './env.ts'

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
  /** Why no row may be served at the moment; null: they may. Default: always. */
  closed?: () => string | null
  feed: Feed
  /** Ends open streams when it is aborted. */
  signal?: AbortSignal
  /** Who asks; left out, all requests come from one client without a limit. */
  clients?: {
    /** Requests a minute from one address; 0: no limit. */
    perMinute: number
    /** Our own proxies in front of it. */
    proxies: number
    remoteOf: (c: Context) => string
  }
  /** Webhooks; left out: none are taken. */
  webhooks?: {
    /** Of wallets that signed in; null: not yet. */
    sessions: () => Sessions | null
    /** Whether receivers may be in private networks, and without https. */
    allowPrivate: boolean
    /** Answers at /auth and /.well-known. */
    routes: Hono
  }
  /** Event streams at once, from all and from one address. */
  streams?: { most: number; perClient: number }
  /** How long an answer is sent again while the state is the same, in milliseconds; default: a second, 0: never. */
  keepsAnswersMs?: number
  /** Default: silent. */
  log?: Log
  /** Default: none. */
  traces?: Traces | undefined
}
