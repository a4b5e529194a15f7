/** What contracts beside the main one say: records and badges, and the judge that grades. */

export interface FoldsTable {
  challenge: string
  number: string
  solver: string
  attempt: string
  verdict: string
  score: string
  prize: string
  token: string
  event_id: string
  at: string
  ledger: number
  tx: string
}

export interface BadgesTable {
  id: string
  challenge: string
  number: string
  solver: string
  attempt: string
  score: string
  prize: string
  token: string
  event_id: string
  at: string
  ledger: number
  tx: string
}

export interface BurnsTable {
  badge: string
  owner: string
  event_id: string
  at: string
  ledger: number
  tx: string
}

/** As the records contract counts them; kept by triggers from `folds` and `lost_folds`. */
export interface SolverRecordsTable {
  solver: string
  submissions: string
  scored: string
  rejected: string
  unavailable: string
  unsettled: string
  void: string
  wins: string
}

/** What the contract counts and no event here says. */
export interface LostFoldsTable extends SolverRecordsTable {
  /** Of the comparison. */
  ledger: number
  /** The contract's own times; 0: events tell. */
  first: string
  last: string
}

export interface RecountOpeningsTable {
  event_id: string
  challenge: string
  kind: string
  solver: string
  attempt: string
  place: string
  rows: string
  complete: boolean
  at: string
  ledger: number
  tx: string
}

export interface RecountsTable {
  challenge: string
  solver: string
  attempt: string
  score: string
  private: string
  content_hash: string
  copied: boolean
  event_id: string
  at: string
  ledger: number
  tx: string
}
