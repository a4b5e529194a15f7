/** The API's shapes, from the API itself: types only, so that a change there stops this build. */
import type { Meta } from '@stellartrain/indexer-api'

export type { Phase } from '@stellartrain/contracts-client/rules'
export type {
  Account,
  Asset,
  AssetAmount,
  ChainEvent,
  Challenge,
  ChallengeOracle,
  ChallengeQuery,
  ChallengeSummary,
  Epoch,
  LeaderboardRow,
  Meta,
  Oracle,
  OracleDetail,
  Place,
  Score,
  Status,
  Submission,
  SubmissionDetail,
  Totals,
  Transaction,
  Vote,
} from '@stellartrain/indexer-api'

export type Direction = 'maximize' | 'minimize'
export type Page<T> = { data: T[]; next: string | null; _meta: Meta }
