/** The tables as Kysely reads them. Whole numbers of more than 32 bits arrive as text. */
import type { EventPartsTable, EventsTable } from './schema/archive.ts'
import type {
  BadgesTable,
  BurnsTable,
  FoldsTable,
  LostFoldsTable,
  RecountOpeningsTable,
  RecountsTable,
  SolverRecordsTable,
} from './schema/beside.ts'
import type {
  ChallengeOraclesTable,
  ChallengesTable,
  OracleKeysTable,
  PlacesTable,
  RankingsTable,
  RevealsTable,
  SharesTable,
} from './schema/challenges.ts'
import type { AssetsTable, ManifestsTable } from './schema/enrichment.ts'
import type { AnchorsTable, GapsTable, IncompleteTable, SnapshotsTable, SyncTable } from './schema/progress.ts'
import type {
  BestScoresTable,
  ClaimsTable,
  EpochVotesTable,
  PaymentsTable,
  SubmissionsTable,
  VotesTable,
} from './schema/submissions.ts'
import type {
  DailyPaidTable,
  DailyTable,
  DailyTotalsTable,
  EarnedTable,
  LabelerSumsTable,
  MakersTable,
  ManifestStatesTable,
  SolverSumsTable,
  TokenSumsTable,
  UnitSumsTable,
} from './schema/sums.ts'
import type { WebhookDeliveriesTable, WebhookEndpointsTable, WebhookSettingsTable } from './schema/webhooks.ts'

export type * from './schema/archive.ts'
export type * from './schema/beside.ts'
export type * from './schema/challenges.ts'
export type * from './schema/enrichment.ts'
export type * from './schema/progress.ts'
export type * from './schema/submissions.ts'
export type * from './schema/sums.ts'
export type * from './schema/webhooks.ts'

export interface Database {
  sync: SyncTable
  events: EventsTable
  event_parts: EventPartsTable
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
