/** What the contract stores, as its views give it: read from a network or from a dump, compared with what events add up to. */
import type {
  Attempts,
  Challenge,
  Cid,
  Earnings,
  Epoch,
  MakerRecord,
  OracleKey,
  OracleRecord,
  Place,
  State,
  Submission,
  SubmissionOutcome,
} from '@stellartrain/contracts-client'

export type StoredSubmission = {
  solver: string
  attempt: number
  submission: Submission
  /** True of `StoredChallenge.now`, even where no call has written it. */
  outcome?: SubmissionOutcome
  owed?: bigint
}

/** What is left out is not compared. */
export type StoredChallenge = {
  id: number
  /** Unix seconds. */
  now?: number
  challenge: Challenge
  state: State
  board: readonly Place[]
  earnings: Earnings
  /** Epoch 1, 2, … */
  epochs: readonly Epoch[]
  /** By number. */
  submissions: readonly StoredSubmission[]
  /** By labeler. */
  claimed: ReadonlyMap<string, bigint>
  /** By whoever opened the truth. */
  revealed: ReadonlyMap<string, Cid>
  /** By solver. */
  attempts?: ReadonlyMap<string, Attempts>
  /** Number of the submission that brought it first, by hash. */
  contents?: ReadonlyMap<string, number>
}

export type StoredPeople = {
  oracles: ReadonlyMap<string, { record: OracleRecord; keys: readonly OracleKey[] }>
  makers: ReadonlyMap<string, MakerRecord>
}
