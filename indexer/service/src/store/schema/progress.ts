/** What this index has read, what is missing in it, and since when it is whole. */
import type { Generated } from 'kysely'

export interface SyncTable {
  only_row: Generated<boolean>
  network: string
  contract: string
  first_ledger: number
  cursor: Generated<string>
  last_event: Generated<string>
  ledger: number
  ledger_closed_at: Generated<string>
  events: Generated<string>
  undecoded: Generated<number>
  revision: Generated<string>
  verified_ledger: number | null
  challenges: number | null
  /** Authenticates page tokens. */
  cursor_key: Generated<string>
  /** How many accounts ever submitted. */
  solvers: Generated<string>
  /** The contract of records and badges; null: none is followed. */
  records: string | null
  /** The first ledger of its events here, and that in which they were compared with its storage. */
  records_since: number | null
  records_verified: number | null
  /** The judge that grades, whose events are followed; null: none. The first ledger of its events here. */
  recount: string | null
  recount_since: number | null
}

export interface GapsTable {
  from_ledger: number
  to_ledger: number
  reason: string
}

export interface IncompleteTable {
  challenge: string
  state: 'partial' | 'recovered'
  reason: string
  detail: Generated<string>
  since: number
  as_of: number | null
  unknown: Generated<string[]>
  unknown_submissions: Generated<string>
}

export interface SnapshotsTable {
  challenge: string
  ledger: number
  /** `Kept` in snapshots.ts. */
  entries: object
}

export interface AnchorsTable {
  ledger: number
  hash: string
}
