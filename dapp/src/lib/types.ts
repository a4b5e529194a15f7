/** The API's shapes, from the API itself: types only, so that a change there stops this build. */
import type { Meta } from '@stellartrain/indexer-api'

export type {
  Account,
  Asset,
  AssetAmount,
  ChainEvent,
  Challenge,
  ChallengeQuery,
  ChallengeState,
  ChallengeSummary,
  LeaderboardRow,
  Meta,
  Oracle,
  Score,
  Status,
  Submission,
  SubmissionDetail,
  SubmissionStatus,
  Totals,
  Transaction,
  Vote,
} from '@stellartrain/indexer-api'

export type Direction = 'maximize' | 'minimize'
export type Page<T> = { data: T[]; next: string | null; _meta: Meta }
