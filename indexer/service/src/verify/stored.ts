/** What the contract stores of a challenge and of people, and, for tests, what it answers beside. */
import type {
  Attempts,
  BoardRow,
  Challenge,
  Cid,
  Earnings,
  EpochState,
  MakerRecord,
  OracleKey,
  OracleRecord,
  Phase,
  Place,
  Rankings,
  State,
  Submission,
  SubmissionOutcome,
} from '@stellartrain/contracts-client'

/** What is left out is not compared. */
export type StoredChallenge = {
  id: number
  challenge: Challenge
  state: State
  board: readonly BoardRow[]
  rankings: Rankings
  /** Hex; undefined until the first oracle accepts. */
  shares: Uint8Array | undefined
  earnings: Earnings
  /** Epoch 1, 2, … and the one to come. */
  epochs: readonly EpochState[]
  /** By number. */
  submissions: readonly StoredSubmission[]
  /** By labeler. */
  claimed: ReadonlyMap<string, bigint>
  /** By whoever opened the truth. */
  revealed: ReadonlyMap<string, Cid>
  /** By solver. */
  attempts: ReadonlyMap<string, Attempts>
  /** What is true of a moment even where no call has written it. */
  answers?: Answers
}

export type StoredSubmission = { solver: string; attempt: number; submission: Submission | undefined }

export type Answers = {
  /** Close time of the ledger in which the questions were asked, unix seconds. */
  now: number
  phase: Phase
  board: readonly Place[]
  /** By number. */
  outcomes: readonly SubmissionOutcome[]
  owed: readonly bigint[]
}

export type StoredPeople = {
  oracles: ReadonlyMap<string, { record: OracleRecord; keys: readonly OracleKey[] }>
  makers: ReadonlyMap<string, MakerRecord>
}
