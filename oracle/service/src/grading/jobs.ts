/** What a grading process is asked and answers. Everything in it is bytes, numbers and codes, so that it can cross to another process. */
import type { ContentErrorCode } from '@stellartrain/ipfs-content/errors'
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import type { ComparedEntry, GradeErrorCode, NearCopies, QuizTry, TaskSource } from '@stellartrain/oracle-grade'
import type { SealedSubmission, SealedTruth } from '../challenge-files/sealed.ts'

/** What is needed to grade a challenge. */
export type JobInputs = Readonly<{
  source: TaskSource
  /** The evaluator, where the maker brings one in the place of a metric. */
  evaluator?: Uint8Array | undefined
  truth: Uint8Array
  salt: Uint8Array
  /** Scored on the public rows, and beside it on the private ones. */
  ranked: boolean
  /** Where batches of labels are judged. */
  labeling?:
    | Readonly<
        BatchTerms & {
          items: Uint8Array
          task?: LabelingTask | undefined
          quiz?: Readonly<QuizTerms & { items: Uint8Array }> | undefined
        }
      >
    | undefined
}>

/** What a batch of labels is held against, beside its items. */
export type BatchTerms = { size: number; minAccuracy: number; leased?: Leased | undefined }

/** Who may label, by the answers to a quiz. */
type QuizTerms = { questions: number; minAccuracy: number }

/** Whose leases the batches of a challenge need. */
export type Leased = Readonly<{ oracles: readonly string[]; quorum: number }>

/** Which batch of labels a submission is, and when it was in the ledger (unix seconds). */
export type Batch = Readonly<{ challenge: number; labeler: string; attempt: number; units: number; time: number }>

/** `inputs` may be left out when this process was given it before; it says so when it no longer has it. */
export type GradeJob = Readonly<{
  kind: 'grade'
  key: string
  file: SealedSubmission
  batch: Batch
  inputs?: JobInputs
}>
export type TrialJob = Readonly<{ kind: 'trial'; inputs: JobInputs; baseline?: Uint8Array }>
/** A truth, to be opened and compared with its commitment. */
export type TruthJob = Readonly<{ kind: 'truth'; source: TaskSource; file: SealedTruth }>
/** A graded submission, to be opened for publication. */
export type OpenJob = Readonly<{ kind: 'open'; file: SealedSubmission }>
/** A batch of labels, for what it is about. */
export type IdsJob = Readonly<{ kind: 'ids'; file: SealedSubmission; idColumn: string }>
/** A batch that earnings are paid for: judged as any other, with all that later epochs need of it. */
export type WorkJob = Readonly<{ kind: 'work'; key: string; file: SealedSubmission; batch: Batch; inputs?: JobInputs }>
/** What is to be labeled, and which of it is known. */
export type PoolJob = Readonly<{ kind: 'pool'; inputs: JobInputs }>
/** Which questions a try of a quiz asks, and with a CSV of answers also whether these are enough. */
export type QuizJob = Readonly<{ kind: 'quiz'; key: string; of: QuizTry; csv?: Uint8Array; inputs?: JobInputs }>
/** Opened submissions, to be compared with each other. */
export type AlikeJob = Readonly<{
  kind: 'alike'
  inputs: JobInputs
  entries: readonly ComparedEntry[]
  /** That all models together may take. */
  steps: number
}>
/** The canonical form of a truth. */
export type FormJob = Readonly<{ kind: 'form'; source: TaskSource; truth: Uint8Array }>
export type Job = GradeJob | TrialJob | TruthJob | OpenJob | IdsJob | PoolJob | WorkJob | FormJob | AlikeJob | QuizJob

/**
 * `score` in units of 1e-7, not rounded; `contentHash` in hex. `privateScore` only where a challenge is ranked; null where
 * the metric has no value on the private rows. `units`: accepted ones of a batch of labels; `about`: of one that needed a lease.
 * `formHash`: of the canonical form, 32 bytes. `says`: why the maker's evaluator refuses it.
 */
export type Outcome =
  | {
      score: bigint
      contentHash: string
      formHash: Uint8Array
      rows: number
      privateScore?: bigint | null
      units?: number
      about?: About
    }
  | { rejected: number; message: string; says?: string; about?: About }

export type Answer =
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'inputs_needed' }
  | { kind: 'opened'; csv: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> }
  | { kind: 'content'; csv: Uint8Array<ArrayBuffer> }
  | { kind: 'alike'; found: NearCopies }
  | { kind: 'form'; form: Uint8Array<ArrayBuffer> }
  | { kind: 'ids'; about: About }
  | ({ kind: 'pool' } & Items)
  | { kind: 'work'; work: Work }
  | ({ kind: 'quiz' } & QuizResult)
  /** The sealed file is not what it should be. */
  | { kind: 'content_error'; code: ContentErrorCode; message: string }
  | ({ kind: 'trial' } & TrialResult)
  /** Batches of labels can be judged. */
  | { kind: 'batches' }
  /** The challenge itself cannot be graded: the maker's mistake. */
  | { kind: 'unusable'; code: GradeErrorCode; message: string }

/** What a leased batch is about: its ids, none where it cannot be read, and its lease's layer, 0 where it names none. */
export type About = { ids: readonly string[]; layer: number }

/**
 * What is in a batch, and how its known items stand: an epoch decides by it, and decides anew where one of these turns out wrong. `reason`:
 * why it is rejected, whatever the known items say; 0 for nothing. `expires`: of its lease.
 */
export type Work = {
  reason: number
  message: string
  layer: number
  expires: number
  ids: readonly string[]
  answers: readonly string[]
  known: readonly { id: string; right: boolean }[]
}

/** `problem`: why the answers are none, for their labeler; that too few are right is none. */
export type QuizResult = { questions: readonly string[]; passed: boolean; problem?: string }

/** In the order of the ids' bytes. */
export type Items = { items: readonly string[]; known: readonly string[] }

export type TrialResult = {
  perfect: Outcome
  constant: Outcome
  baseline?: Outcome
  /** How many rows are public and private; only where the challenge is ranked. */
  parts?: { public: number; private: number }
}
