/** The tables as Kysely reads them. Whole numbers of more than 32 bits arrive as text. */
import type { ColumnType, Generated } from 'kysely'

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

export interface EventsTable {
  id: string
  ledger: number
  closed_at: string
  tx_hash: string
  type: string
  challenge: string | null
  topics: string[]
  value: string
  /** As the API gives it, JSON; null: not decoded when it was written. */
  data: string | null
}

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

export interface OracleKeysTable {
  oracle: string
  version: string
  key: string
  url: string
  metadata: string
  at: string
  tx: string
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

export interface BestScoresTable {
  challenge: string
  event_id: string
  number: string
  solver: string
  score: string
  at: string
  tx: string
}

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

/** Kept by triggers from `challenges`. */
export interface MakersTable {
  maker: string
  challenges: string
  cancelled: string
  decided: string
  undecided: string
  unopened: string
}

/** Kept by triggers from `submissions` and `places`; who submitted has a row. */
export interface SolverSumsTable {
  solver: string
  submissions: string
  /** With accepted units, where units are paid. */
  batches: string
  /** Places with a prize that is due. */
  wins: string
}

/** Kept by triggers from `challenges`. */
export interface TokenSumsTable {
  token: string
  challenges: string
  submitted: string
  locked: string
  paid: string
}

/** Kept by triggers from `submissions`, of challenges that pay units. */
export interface UnitSumsTable {
  challenge: string
  submitted: string
  accepted: string
  pending: string
}

/** Kept by triggers from `manifests`. */
export interface ManifestStatesTable {
  state: string
  manifests: string
}

/** Kept by triggers from `payments` and `claims`. */
export interface EarnedTable {
  account: string
  token: string
  payments: string
  amount: string
}

/** Kept by triggers from `claims`. */
export interface LabelerSumsTable {
  labeler: string
  challenge: string
  token: string
  claims: string
  amount: string
  /** The event of the last claim. */
  last: string
}

/** By UTC day, the number of days since 1970; kept by triggers. */
export interface DailyTable {
  challenge: string
  day: number
  submissions: string
  verdicts: string
  votes: string
  payments: string
  paid: string
}

export interface DailyTotalsTable {
  day: number
  challenges: string
  submissions: string
  verdicts: string
  votes: string
  payments: string
}

export interface DailyPaidTable {
  token: string
  day: number
  payments: string
  paid: string
}

export interface ManifestsTable {
  cid: string
  state: string
  attempts: Generated<number>
  next_try: Generated<string>
  last_error: string | null
  title: string | null
  summary: string | null
  tags: Generated<string[]>
  kind: string | null
  license: string | null
  metric: string | null
  baseline: number | null
  words: string | null
  /** Title, tags and summary in small letters. */
  search: ColumnType<string, never, never>
}

export interface AssetsTable {
  contract: string
  state: string
  attempts: Generated<number>
  next_try: Generated<string>
  code: string | null
  issuer: string | null
  native: Generated<boolean>
  decimals: number | null
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

export interface AnchorsTable {
  ledger: number
  hash: string
}

export interface SnapshotsTable {
  challenge: string
  ledger: number
  /** `Kept` in snapshots.ts. */
  entries: object
}

export interface WebhookSettingsTable {
  only_row: Generated<boolean>
  secret: Generated<string>
}

export interface WebhookEndpointsTable {
  id: Generated<string>
  account: string
  url: string
  description: Generated<string>
  secret: string
  old_secret: string | null
  old_until: Date | null
  types: Generated<string[]>
  challenges: Generated<string[]>
  about: string | null
  state: Generated<'active' | 'disabled'>
  reason: Generated<string>
  created_at: Generated<Date>
  proven: Generated<boolean>
  ping: string | null
  cursor: string
  began: string
  late_cursor: string
  attempts: Generated<number>
  failing_since: Date | null
  next_try: Generated<Date>
  lease: string | null
  leased_until: Date | null
  pace: Generated<number>
  unproven_since: Generated<Date>
}

export interface WebhookDeliveriesTable {
  id: Generated<string>
  endpoint: string
  message: string
  type: string
  event: string | null
  attempt: number
  at: Generated<Date>
  status: number | null
  error: string | null
  milliseconds: number
}

export interface Database {
  sync: SyncTable
  events: EventsTable
  challenges: ChallengesTable
  challenge_oracles: ChallengeOraclesTable
  submissions: SubmissionsTable
  votes: VotesTable
  payments: PaymentsTable
  oracle_keys: OracleKeysTable
  reveals: RevealsTable
  shares: SharesTable
  places: PlacesTable
  rankings: RankingsTable
  epoch_votes: EpochVotesTable
  claims: ClaimsTable
  manifests: ManifestsTable
  assets: AssetsTable
  gaps: GapsTable
  incomplete: IncompleteTable
  snapshots: SnapshotsTable
  anchors: AnchorsTable
  best_scores: BestScoresTable
  folds: FoldsTable
  badges: BadgesTable
  burns: BurnsTable
  recount_openings: RecountOpeningsTable
  recounts: RecountsTable
  solver_records: SolverRecordsTable
  lost_folds: LostFoldsTable
  makers: MakersTable
  solver_sums: SolverSumsTable
  earned: EarnedTable
  token_sums: TokenSumsTable
  unit_sums: UnitSumsTable
  manifest_states: ManifestStatesTable
  labeler_sums: LabelerSumsTable
  daily: DailyTable
  daily_totals: DailyTotalsTable
  daily_paid: DailyPaidTable
  'webhooks.settings': WebhookSettingsTable
  'webhooks.endpoints': WebhookEndpointsTable
  'webhooks.deliveries': WebhookDeliveriesTable
}
