/** What a grading process is asked and answers. Everything in it is bytes, numbers and codes, so that it can cross to another process. */
import { createHash } from 'node:crypto'
import { checkSubmissionCommitment } from '@stellartrain/ipfs-content/commitment'
import { ContentError, type ContentErrorCode } from '@stellartrain/ipfs-content/errors'
import { createFormHasher } from '@stellartrain/ipfs-content/form-hash'
import { type LabelingTask, readAnswer } from '@stellartrain/ipfs-content/labeling'
import { leaseHolds } from '@stellartrain/ipfs-content/lease'
import type { SubmissionPlace, TruthPlace } from '@stellartrain/ipfs-content/network'
import { rejectionOf } from '@stellartrain/ipfs-content/reasons'
import { evaluatorSays } from '@stellartrain/ipfs-content/report'
import { type OpenedSubmissionFile, openPublishedSubmissionFile, openTruthFile } from '@stellartrain/ipfs-content/seal'
import {
  type AnswerRules,
  answerRules,
  type ComparedEntry,
  checkGold,
  evaluatorFile,
  type Format,
  GradeError,
  type GradeErrorCode,
  goldIds,
  gradeBatch,
  gradeLeasedBatch,
  gradeQuiz,
  gradeTask,
  type Held,
  itemIds,
  type NearCopies,
  nearCopies,
  ownIds,
  type PreparedTruth,
  payloadTypes,
  prepareTruth,
  type Quiz,
  type QuizTry,
  quizQuestions,
  type Task,
  type TaskResult,
  type TaskSource,
  taskOf,
  trial,
  writeTruth,
} from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'

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
type BatchTerms = { size: number; minAccuracy: number; leased?: Leased | undefined }

/** Who may label, by the answers to a quiz. */
type QuizTerms = { questions: number; minAccuracy: number }

/** Whose leases the batches of a challenge need. */
export type Leased = Readonly<{ oracles: readonly string[]; quorum: number }>

/** Which batch of labels a submission is, and when it was in the ledger (unix seconds). */
export type Batch = Readonly<{ challenge: number; labeler: string; attempt: number; units: number; time: number }>

/**
 * A submission as it was fetched, with the key of this one file: a grading process never holds a key that opens another one.
 * `commitment`: what its solver committed to, 32 bytes. `formats`: which it may have, where the manifest names any.
 */
export type SealedSubmission = Readonly<{
  sealed: Uint8Array
  fileKey: string
  place: SubmissionPlace
  commitment: Uint8Array
  maxBytes: number
  formats?: readonly Format[]
}>

/** The same of a truth. */
export type SealedTruth = Readonly<{
  sealed: Uint8Array
  fileKey: string
  place: TruthPlace
  commitment: Uint8Array
}>

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

type Ready = {
  task: Task
  truth: PreparedTruth
  salt: Uint8Array
  ranked: boolean
  labeling:
    | (BatchTerms & { items: readonly string[]; answers: AnswerRules | undefined; quiz: Quiz | undefined })
    | undefined
}

/** How many truths a process keeps prepared. */
const KEPT = 4

/** Answers jobs one after the other, remembering the truths that it was given last. */
export function createJobRunner(): (job: Job) => Promise<Answer> {
  const ready = new Map<string, Ready>()

  /** What was prepared last stays; undefined where it is gone and no inputs came. */
  async function readyFor(key: string, inputs: JobInputs | undefined): Promise<Ready | undefined> {
    const known = ready.get(key) ?? (inputs && (await prepare(inputs)))
    if (known === undefined) return undefined
    ready.delete(key)
    ready.set(key, known)
    for (const old of ready.keys()) if (ready.size > KEPT) ready.delete(old)
    return known
  }

  async function gradeJob({ key, file, batch, inputs }: GradeJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    if (known === undefined) return { kind: 'inputs_needed' }
    return {
      kind: 'outcome',
      outcome: await gradeFile(file, ({ content, lease }) =>
        known.labeling ? judge(known, { submission: content, lease, batch, file }) : run(known, content),
      ),
    }
  }

  async function quizJob({ key, of, csv, inputs }: QuizJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    if (known === undefined) return { kind: 'inputs_needed' }
    return { kind: 'quiz', ...quizOf(known, of, csv) }
  }

  async function workJob({ key, file, batch, inputs }: WorkJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    if (known === undefined) return { kind: 'inputs_needed' }
    let held: Held = { ids: [], answers: [], known: [] }
    let about: OpenedSubmissionFile['lease']
    const outcome = await gradeFile(file, ({ content, lease }) => {
      about = lease
      return judge(known, { submission: content, lease, batch, file }, (found) => {
        held = found
      })
    })
    const rejected = 'rejected' in outcome && outcome.rejected !== BELOW_ACCURACY ? outcome : undefined
    const ids = held.ids.length > 0 || !('about' in outcome) ? held.ids : (outcome.about?.ids ?? [])
    return {
      kind: 'work',
      work: {
        ...{ reason: rejected?.rejected ?? 0, message: rejected?.message ?? '' },
        ...{ layer: about?.layer ?? 0, expires: about?.expires ?? 0, ids, answers: held.answers, known: held.known },
      },
    }
  }

  return async (job) => {
    try {
      switch (job.kind) {
        case 'work':
          return await workJob(job)
        case 'quiz':
          return await quizJob(job)
        case 'grade':
          return await gradeJob(job)
        case 'trial':
          return await trialJob(job)
        case 'truth':
          return await truthJob(job)
        case 'open':
          return { kind: 'content', csv: (await openFile(job.file)).content }
        case 'alike': {
          const { task, truth } = await prepare(job.inputs)
          return { kind: 'alike', found: nearCopies(task, truth, job.entries, job.steps) }
        }
        case 'form':
          return { kind: 'form', form: formOf(job) }
        case 'pool':
          return { kind: 'pool', ...(await itemsIn(job.inputs)) }
        case 'ids': {
          const { content, lease } = await openFile(job.file)
          return { kind: 'ids', about: aboutOf(content, job.idColumn, lease) }
        }
      }
    } catch (error) {
      if (error instanceof ContentError) return { kind: 'content_error', code: error.code, message: error.message }
      if (!(error instanceof GradeError)) throw error
      // Only the code's own sentence: a problem of the truth must not reveal its content.
      return { kind: 'unusable', code: error.code, message: error.message }
    }
  }
}

async function prepare({ source, evaluator, truth, salt, ranked, labeling }: JobInputs): Promise<Ready> {
  const task = taskOf(source, await evaluatorFile(source.metric, evaluator), await onnxFor(source))
  return {
    ...{ task, truth: prepareTruth(truth, task.truthShape(truth)), salt, ranked },
    labeling: labeling && {
      ...labeling,
      items: itemIds(labeling.items, task.shape.idColumn),
      answers: labeling.task && rulesOf(labeling.task),
      quiz: labeling.quiz && { ...labeling.quiz, items: itemIds(labeling.quiz.items, task.shape.idColumn) },
    },
  }
}

function quizOf({ task, truth, salt, labeling }: Ready, of: QuizTry, csv: Uint8Array | undefined): QuizResult {
  const quiz = labeling?.quiz
  if (quiz === undefined) return { questions: [], passed: false }
  const createHash = sha256
  const questions = quizQuestions(quiz, of, salt, createHash)
  if (csv === undefined) return { questions, passed: false }
  const { answers } = labeling!
  const result = gradeQuiz(quiz, of, { gold: truth, shape: task.shape, answers, submission: csv, salt, createHash })
  if (result.status === 'accepted') return { questions, passed: true }
  return { questions, passed: false, ...(result.code !== BELOW_ACCURACY && { problem: result.message }) }
}

const rulesOf = (task: LabelingTask): AnswerRules => answerRules(task.answer, (cell) => readAnswer(task, cell))

function aboutOf(content: Uint8Array, idColumn: string, lease: OpenedSubmissionFile['lease']): About {
  return { ids: ownIds(content, { idColumn }), layer: lease?.layer ?? 0 }
}

async function itemsIn(inputs: JobInputs): Promise<Items> {
  const { truth, labeling } = await prepare(inputs)
  return { items: labeling?.items ?? [], known: goldIds(truth) }
}

function formOf({ source, truth }: FormJob): Uint8Array<ArrayBuffer> {
  const task = taskOf(source)
  const pieces: Uint8Array[] = []
  // Each piece is valid only during the call.
  writeTruth(prepareTruth(truth, task.truthShape(truth)), task.shape, {
    update: (piece) => void pieces.push(piece.slice()),
  })
  return new Uint8Array(Buffer.concat(pieces))
}

/** Opens a truth and compares it with its commitment, by the hash of its canonical form. */
async function truthJob({ source, file }: TruthJob): Promise<Answer> {
  const { sealed, fileKey, place, commitment } = file
  const task = taskOf(source)
  const formHash = (csv: Uint8Array) => {
    const form = createFormHasher(sha256)
    writeTruth(prepareTruth(csv, task.truthShape(csv)), task.shape, form)
    return form.digest()
  }
  return { kind: 'opened', ...(await openTruthFile({ sealed, fileKey, expected: { ...place, commitment }, formHash })) }
}

const openFile = ({ sealed, fileKey, place, maxBytes, formats }: SealedSubmission) =>
  openPublishedSubmissionFile({ sealed, fileKey, expected: place, maxBytes, ...payloadTypes(formats) })

/** Opens a submission, grades it, and compares it with what its solver committed to. */
async function gradeFile(file: SealedSubmission, graded: (opened: OpenedSubmissionFile) => Outcome): Promise<Outcome> {
  try {
    const opened = await openFile(file)
    const { nonce } = opened
    const outcome = graded(opened)
    if (!('rejected' in outcome))
      await checkSubmissionCommitment(file.commitment, { ...file.place, nonce, formHash: outcome.formHash })
    return outcome
  } catch (error) {
    const rejection = rejectionOf(error)
    if (rejection === null) throw error
    return { rejected: rejection.code, message: 'The sealed file is not what it should be.' }
  }
}

const sha256 = () => createHash('sha256')
/** The one reason that a known item can take back. */
const BELOW_ACCURACY = 91

type Opened = Readonly<{
  submission: Uint8Array
  lease: OpenedSubmissionFile['lease']
  batch: Batch
  file: SealedSubmission
}>

/** A batch of labels: the known items decide, and its units are accepted or not. */
function judge(
  { task, truth, salt, labeling }: Ready,
  { submission, lease, batch, file }: Opened,
  onHeld?: (held: Held) => void,
): Outcome {
  const { units, time, ...name } = batch
  const { items, size, minAccuracy, leased, answers } = labeling!
  const { shape } = task
  const form = createFormHasher(sha256)
  const common = {
    ...{
      gold: truth,
      items,
      minAccuracy,
      shape,
      answers,
      batch: name,
      units,
      submission,
      salt,
      createHash: sha256,
      form,
      onHeld,
    },
  }
  const holds = (ids: readonly string[]) => {
    const terms = { ...file.place, ...name, ...lease!, items: ids }
    return leaseHolds(terms, lease!.signatures, leased!)
  }
  const result = leased
    ? gradeLeasedBatch({ ...common, time, lease: lease && { expires: lease.expires, holds } })
    : gradeBatch({ ...common, size })
  // Whoever labeled an item has labeled it, also where the batch is rejected.
  const about = leased && { about: aboutOf(submission, shape.idColumn, lease) }
  if (result.status === 'rejected') return { rejected: result.code, message: result.message, ...about }
  const { scoreUnits: score, contentHash, rows } = result
  return { score, contentHash, formHash: form.digest(), rows, units: rows, ...about }
}

function run({ task, truth, salt, ranked }: Ready, submission: Uint8Array): Outcome {
  const form = createFormHasher(sha256)
  const input = { task, truth, salt, ranked, submission, maxProblems: 1, createHash: sha256, form }
  return outcomeOf(gradeTask(input), form.digest())
}

async function trialJob({ inputs, baseline }: TrialJob): Promise<Answer> {
  const ready = await prepare(inputs)
  if (ready.labeling) return trialBatch(ready, ready.labeling)
  const { perfect, constant } = trial(ready.task, ready.truth, inputs.salt, inputs.ranked)
  const { publicRows, privateRows } = ready.truth
  const answer = {
    kind: 'trial' as const,
    perfect: outcomeOf(perfect, UNHASHED),
    constant: outcomeOf(constant, UNHASHED),
    ...(inputs.ranked && { parts: { public: publicRows, private: privateRows } }),
  }
  return baseline === undefined ? answer : { ...answer, baseline: run(ready, baseline) }
}

/** Nothing is predicted in a labeling challenge: what has to fit are the known items and all items. */
function trialBatch({ task, truth }: Ready, { items, minAccuracy, quiz }: NonNullable<Ready['labeling']>): Answer {
  if (task.metric !== 'accuracy')
    return { kind: 'unusable', code: 'metric_unknown', message: 'Batches of labels are judged by accuracy.' }
  checkGold(truth, items, minAccuracy, quiz)
  return { kind: 'batches' }
}

/** Nobody commits to a trial. */
const UNHASHED = new Uint8Array()

function outcomeOf(result: TaskResult, formHash: Uint8Array): Outcome {
  if (result.status === 'rejected') {
    const says = evaluatorSays(result.says ?? '')
    return { rejected: result.code, message: result.message, ...(says !== undefined && { says }) }
  }
  const { scoreUnits: score, contentHash, rows, privateScore } = result
  return { score, contentHash, formHash, rows, ...(privateScore !== undefined && { privateScore }) }
}
