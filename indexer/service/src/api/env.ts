/** What a request carries from the middleware to its route. */
import type { TypedResponse } from 'hono'
import type { JSONParsed } from 'hono/utils/types'
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'

export type AppEnv = {
  Variables: {
    requestId: string
    snapshot: Snapshot
  }
}

/** What an answer is read from: the tables in one state, and which one that is. */
export type Reads = { db: Kysely<Database>; fresh: Freshness }

export type Snapshot = {
  /**
   * What `make` makes of the tables. It may be called twice, and then the first result counts for nothing: it only reads, and sets no
   * headers. `together`: it asks for little, and takes no settings, so that requests of the same moment read one snapshot.
   */
  read<T>(make: (reads: Reads) => Promise<T>, how?: { together?: boolean }): Promise<T>
  /** Names the state in the answer's headers, for a form of it. @returns whether the client has that answer; after `read` */
  tag(form: string): boolean
  /** The answer, or that the client has it; after `read`. `text`: the answer as JSON, where it is there. */
  send<T>(value: T, text?: string): Response & TypedResponse<JSONParsed<T>, 200, 'json'>
  /** Keeps the snapshot until then. */
  hold(until: Promise<unknown>): void
}

/** How far the database is, read once for each request. */
export type Freshness = {
  /** What the rows belong to; null before the first start. */
  contract: string | null
  /** Passphrase. */
  network: string | null
  ledger: number
  /** Unix seconds; 0 before the first ledger. */
  ledgerClosedAt: number
  completeSince: number | null
  /** Everything was compared with the contract, and nothing is missing. */
  whole: boolean
  verifiedLedger: number | null
  /** The contract of records and badges that is followed. */
  records: { contract: string; since: number; verifiedLedger: number | null } | null
  revision: string
  events: number
  undecoded: number
  /** Authenticates page tokens; null before the first start. */
  cursorKey: string | null
  /** The clock that decides on open and closed, Unix seconds. */
  now: number
  lagSeconds: number | null
}
