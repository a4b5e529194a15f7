/** What solvers and labelers brought, what was said of it, and what it was paid. */

export interface SubmissionsTable {
  challenge: string
  number: string
  solver: string
  attempt: string
  cid: string
  commitment: string
  units: string
  submitted_at: string
  submit_ledger: number
  submit_tx: string
  status: string
  reason: number
  score: string
  content_hash: string
  accepted_units: string
  flags: number
  voted: number
  heard_at: string
  deciders: number
  decided_at: string
  /** An oracle's place, or `judge`, `nobody`, `open`. */
  by: string
  verdict_at: string
  verdict_ledger: number
  verdict_tx: string
  report: string
  paid: string
  paid_at: string
  paid_tx: string
}

export interface VotesTable {
  challenge: string
  number: string
  oracle: number
  event_id: string
  verdict: string
  reason: number
  score: string
  content_hash: string
  units: string
  late: boolean
  improved: boolean
  report: string
  at: string
  ledger: number
  tx: string
}

export interface PaymentsTable {
  event_id: string
  challenge: string
  number: string
  solver: string
  token: string
  prize: string
  pay: string
  back: string
  at: string
  tx: string
}

export interface BestScoresTable {
  challenge: string
  event_id: string
  number: string
  solver: string
  score: string
  at: string
  tx: string
}

export interface EpochVotesTable {
  challenge: string
  epoch: string
  oracle: number
  event_id: string
  root: string
  total: string
  report: string
  quorum: boolean
  fees: string
  at: string
  ledger: number
  tx: string
}

export interface ClaimsTable {
  event_id: string
  challenge: string
  labeler: string
  token: string
  epoch: string
  amount: string
  cumulative: string
  at: string
  tx: string
}
