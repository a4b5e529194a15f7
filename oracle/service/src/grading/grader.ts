/** Grading as the rest of the service sees it: inputs and bytes in, an outcome out; the work is done in child processes. */

import { ContentError, type OpenedTruthFile } from '@stellartrain/ipfs-content'
import {
  type ComparedEntry,
  GradeError,
  type NearCopies,
  type QuizTry,
  type TaskSource,
} from '@stellartrain/oracle-grade'
import type { Entry } from '../chain/entry.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { SealedSubmission, SealedTruth } from '../challenge-files/sealed.ts'
import { OracleError } from '../errors.ts'
import { mostAnswerBytes } from './answer-bytes.ts'
import type { Cell } from './cell.ts'
import type {
  About,
  Answer,
  Batch,
  GradeJob,
  Items,
  Job,
  JobInputs,
  Outcome,
  QuizJob,
  QuizResult,
  TrialResult,
  Work,
  WorkJob,
} from './jobs.ts'
import { createPool, type RunOptions } from './pool.ts'
import { ownershipOf } from './programs.ts'
import { stepsIn } from './steps.ts'

export type { TrialResult } from './jobs.ts'

/** What of an entry decides how it is graded. */
export type Named = Pick<Entry, 'challenge' | 'solver' | 'attempt' | 'units' | 'time'>

/** All reject with OracleError; running out of memory or time is retryable and never a verdict. */
export type Grader = {
  grade(entry: Named, inputs: GradingInputs, file: SealedSubmission): Promise<Outcome>
  /** Resolves to a refusal when the challenge itself cannot be graded. */
  trial(
    inputs: GradingInputs,
    baseline?: Uint8Array,
  ): Promise<TrialResult | 'batches' | { unusable: { code: string; message: string } }>
  /** Opens a truth and compares it with its commitment. Rejects with ContentError, and with GradeError where nobody can grade by it. */
  openTruth(source: TaskSource, file: SealedTruth): Promise<OpenedTruthFile>
  /** The canonical form of a truth. Rejects with GradeError. */
  truthForm(inputs: Pick<GradingInputs, 'manifest' | 'truth'>): Promise<Uint8Array>
  /** Submissions of different solvers that resemble each other. Rejects with GradeError. */
  alike(inputs: GradingInputs, entries: readonly ComparedEntry[]): Promise<NearCopies>
  /** The content of a submission. Rejects with ContentError. */
  open(file: SealedSubmission): Promise<Uint8Array<ArrayBuffer>>
  /** What a leased batch of labels is about. Rejects with ContentError. */
  about(file: SealedSubmission, idColumn: string): Promise<About>
  /** What is in a batch that earnings are paid for. */
  work(batch: Batch, inputs: GradingInputs, file: SealedSubmission): Promise<Work>
  /** What a try of a quiz asks, and whether the answers are enough where there are any. */
  quiz(of: QuizTry, inputs: GradingInputs, csv?: Uint8Array): Promise<QuizResult>
  /** What is to be labeled in a challenge. Rejects with GradeError. */
  pool(inputs: GradingInputs): Promise<Items>
  close(): void
}

export type GraderOptions = Readonly<{
  workers: number
  memoryMb: number
  seconds: number
  cell?: Cell
  /** The module of the grading process, where it is another file than the one beside this. */
  script?: URL
}>

/** New challenges, which anybody can make, do not hold up submissions. */
const TRIALS = 1
/** A trial grades the truth itself, a constant and the baseline: it has the time of three gradings. */
const TRIAL_FILES = 3

const WORKER = new URL('./worker.ts', import.meta.url)

export function createGrader({ workers, memoryMb, seconds, cell, script = WORKER }: GraderOptions): Grader {
  const pool = createPool<Job, Answer>({ script, size: workers, memoryMb, seconds, ...(cell && { cell }) })

  function run(job: Job, how: RunOptions = {}, labeled = false): Promise<Answer> {
    return pool.run(job, { answerBytes: mostAnswerBytes(job, labeled), ...how })
  }

  /** The truth travels only to a process that does not have it yet. */
  async function runKeyed(job: GradeJob | WorkJob | QuizJob, inputs: GradingInputs): Promise<Answer> {
    const how = ownershipOf(inputs.manifest, job.key)
    const labeled = inputs.labeling !== undefined
    const whole = () => run({ ...job, inputs: jobInputsOf(inputs) }, how, labeled)
    // A new process has nothing.
    if (how.once) return whole()
    const first = await run(job, how, labeled)
    return first.kind === 'inputs_needed' ? whole() : first
  }

  /** Of a challenge that need not have a number yet. */
  const ofManifest = ({ manifest, manifestCid }: GradingInputs) => ownershipOf(manifest, manifestCid)

  return {
    async grade({ challenge, solver, attempt, units, time }, inputs, file) {
      const key = `${challenge}/${inputs.manifestCid}`
      const batch = { challenge, labeler: solver, attempt, units, time }
      const answer = await runKeyed({ kind: 'grade', key, file, batch }, inputs)
      if (answer.kind === 'outcome') return answer.outcome
      const message = answer.kind === 'unusable' ? answer.message : 'The grading engine gave no outcome.'
      throw new OracleError('worker_failed', message)
    },
    async trial(inputs, baseline) {
      const job = { kind: 'trial' as const, inputs: jobInputsOf(inputs), ...(baseline && { baseline }) }
      const answer = await run(job, { lane: TRIALS, files: TRIAL_FILES, ...ofManifest(inputs) })
      if (answer.kind === 'trial') return answer
      if (answer.kind === 'batches') return answer.kind
      if (answer.kind === 'unusable') return { unusable: { code: answer.code, message: answer.message } }
      throw new OracleError('worker_failed', 'The grading engine gave no outcome.')
    },
    async openTruth(source, file) {
      const answer = await run({ kind: 'truth', source, file })
      if (answer.kind === 'opened') return { csv: answer.csv, salt: answer.salt }
      throw refusalOf(answer)
    },
    async truthForm({ manifest, truth }) {
      const answer = await run({ kind: 'form', source: manifest, truth: truth.csv })
      if (answer.kind === 'form') return answer.form
      throw refusalOf(answer)
    },
    async alike(inputs, entries) {
      const job = { kind: 'alike' as const, inputs: jobInputsOf(inputs), entries, steps: stepsIn(seconds) }
      const answer = await run(job, { lane: TRIALS, ...ofManifest(inputs) })
      if (answer.kind === 'alike') return answer.found
      throw refusalOf(answer)
    },
    async open(file) {
      const answer = await run({ kind: 'open', file })
      if (answer.kind === 'content') return answer.csv
      throw refusalOf(answer)
    },
    async about(file, idColumn) {
      const answer = await run({ kind: 'ids', file, idColumn })
      if (answer.kind === 'ids') return answer.about
      throw refusalOf(answer)
    },
    async work(batch, inputs, file) {
      const key = `${batch.challenge}/${inputs.manifestCid}`
      const answer = await runKeyed({ kind: 'work', key, file, batch }, inputs)
      if (answer.kind === 'work') return answer.work
      throw refusalOf(answer)
    },
    async quiz(of, inputs, csv) {
      const key = `${of.challenge}/${inputs.manifestCid}`
      const answer = await runKeyed({ kind: 'quiz', key, of, ...(csv && { csv }) }, inputs)
      if (answer.kind === 'quiz') return answer
      throw refusalOf(answer)
    },
    async pool(inputs) {
      const answer = await run({ kind: 'pool', inputs: jobInputsOf(inputs) }, ofManifest(inputs))
      if (answer.kind === 'pool') return { items: answer.items, known: answer.known }
      throw refusalOf(answer)
    },
    close: () => pool.close(),
  }
}

function refusalOf(answer: Answer): Error {
  if (answer.kind === 'content_error') return new ContentError(answer.code, answer.message)
  if (answer.kind === 'unusable') return new GradeError(answer.code, answer.message)
  return new OracleError('worker_failed', 'The grading engine gave another answer.')
}

function jobInputsOf({ manifest, evaluator, truth, ranked, labeling }: GradingInputs): JobInputs {
  return { source: manifest, evaluator, truth: truth.csv, salt: truth.salt, ranked, labeling }
}
