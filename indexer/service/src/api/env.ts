/** What a request carries from the middleware to its route. */
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'

export type AppEnv = {
  Variables: {
    requestId: string
    /** The snapshot that this answer reads. */
    db: Kysely<Database>
    fresh: Freshness
    /** The entity tag of a form of the answer. */
    tag: (form: string) => string
    form?: string
    /** Streams have no state to be tagged with. */
    untagged?: boolean
    /** The snapshot is kept until then. */
    hold: Promise<unknown> | null
  }
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
