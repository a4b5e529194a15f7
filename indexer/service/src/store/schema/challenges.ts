/** What became of challenges, and who has a part in them. */

export interface ChallengesTable {
  id: string
  maker: string
  token: string
  rule: string
  reward: string
  max_winners: number
  /** Amounts as text. */
  prizes: string[]
  rate: string
  max_units: string
  oracle_fee: string
  deposit: string
  threshold: string
  direction: string
  step: string
  opens: string
  accept_by: string
  deadline: string
  patience: string
  grade_by: string
  judge: string | null
  judge_by: string | null
  gate: string | null
  attempts: string
  attempts_per_day: string
  unique_content: boolean
  truth: string
  opens_truth: boolean
  manifest: string
  prize: string
  added: string
  fees_added: string
  created_at: string
  created_ledger: number
  created_tx: string
  seats: number
  accepted: number
  key: string
  cancelled: boolean
  cancelled_at: string
  ended_at: string
  submitted: string
  concluded: string
  decided: string
  head: string
  kept: string
  due: number
  rows: number
  scored: string
  unsettled: string
  placed: string | null
  judge_ranked: boolean
  ranking_fixed: string | null
  escrow: string
  reserved: string
  prizes_due: string
  budget: string
  held_fees: string
  ranking_fees: string
  deposits: string
  carried: string
  owed: string
  /** What of the oracles' fees is not withdrawn. */
  oracles_fees: string
  epochs: number
  earned: string
  claimed: string
  folded: string | null
  opened: boolean
  unopened: boolean
  paid: string
  refunded: string
  solvers: string
  best: string | null
  events: string
}

export interface ChallengeOraclesTable {
  challenge: string
  place: number
  address: string
  key_version: string
  accepted_at: string
  accept_tx: string
  votes: string
  unavailable: string
  agreed: string
  disagreed: string
  missing: string
  open: string
  folded: boolean
  folded_votes: string
  folded_unavailable: string
  folded_agreed: string
  folded_disagreed: string
  folded_missing: string
  fees_earned: string
  fees_withdrawn: string
}

export interface RevealsTable {
  challenge: string
  by: string
  cid: string
  at: string
  tx: string
}

export interface SharesTable {
  challenge: string
  shares: string
  at: string
  tx: string
}

export interface PlacesTable {
  challenge: string
  /** `board` or `ranking`. */
  list: string
  place: number
  solver: string
  number: string
  score: string | null
  /** `PlaceRow.dueFrom`. */
  due_from: string | null
}

export interface RankingsTable {
  challenge: string
  by: number
  event_id: string
  report: string
  /** Scores as text. */
  rows: [solver: string, attempt: number, score: string][]
  quorum: boolean
  at: string
  ledger: number
  tx: string
}

export interface OracleKeysTable {
  oracle: string
  version: string
  key: string
  url: string
  metadata: string
  at: string
  tx: string
}
