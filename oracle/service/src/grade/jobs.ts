/** What a grading process is asked and answers. Everything in it is bytes, numbers and codes, so that it can cross to another process. */
import { createHash } from 'node:crypto'
import {
  GradeError,
  type GradeResult,
  grade,
  type PreparedTruth,
  prepareTruth,
  type Task,
  type TaskSource,
  taskOf,
  trial,
} from '@stellartrain/grade'

/** What is needed to grade a challenge. */
export type Sheet = Readonly<{ source: TaskSource; truth: Uint8Array; salt: Uint8Array }>

/** `sheet` may be left out when this process was given it before; it says so when it no longer has it. */
export type GradeJob = Readonly<{ kind: 'grade'; key: string; csv: Uint8Array; sheet?: Sheet }>
export type TrialJob = Readonly<{ kind: 'trial'; sheet: Sheet; baseline?: Uint8Array }>
export type Job = GradeJob | TrialJob

/** `score` in units of 1e-7, not rounded; `contentHash` in hex. */
export type Outcome = { score: bigint; contentHash: string; rows: number } | { rejected: number; message: string }

export type Answer =
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'sheet_needed' }
  | { kind: 'trial'; perfect: Outcome; constant: Outcome; baseline?: Outcome }
  /** The challenge itself cannot be graded: the maker's mistake. */
  | { kind: 'unusable'; code: string; message: string }

type Ready = { task: Task; truth: PreparedTruth; salt: Uint8Array }

/** How many truths a process keeps prepared. */
const KEPT = 4

/** Answers jobs one after the other, remembering the truths that it was given last. */
export function createWorkbench(): (job: Job) => Answer {
  const ready = new Map<string, Ready>()

  function gradeJob({ key, csv, sheet }: GradeJob): Answer {
    const known = ready.get(key) ?? (sheet && prepare(sheet))
    if (known === undefined) return { kind: 'sheet_needed' }
    ready.delete(key)
    ready.set(key, known)
    for (const old of ready.keys()) if (ready.size > KEPT) ready.delete(old)
    return { kind: 'outcome', outcome: run(known, csv) }
  }

  return (job) => {
    try {
      return job.kind === 'grade' ? gradeJob(job) : trialJob(job)
    } catch (error) {
      if (!(error instanceof GradeError)) throw error
      // Only the code's own sentence: a problem of the truth may not tell what stands in it.
      return { kind: 'unusable', code: error.code, message: error.message }
    }
  }
}

function prepare({ source, truth, salt }: Sheet): Ready {
  const task = taskOf(source)
  return { task, truth: prepareTruth(truth, task.truthShape(truth)), salt }
}

function run({ task, truth, salt }: Ready, submission: Uint8Array): Outcome {
  const { metric, params, shape } = task
  const sha256 = () => createHash('sha256')
  return outcomeOf(grade({ metric, params, shape, truth, salt, submission, maxProblems: 1, createHash: sha256 }))
}

function trialJob({ sheet, baseline }: TrialJob): Answer {
  const ready = prepare(sheet)
  const { perfect, constant } = trial(ready.task, sheet.truth, sheet.salt)
  const answer = { kind: 'trial' as const, perfect: outcomeOf(perfect), constant: outcomeOf(constant) }
  return baseline === undefined ? answer : { ...answer, baseline: run(ready, baseline) }
}

function outcomeOf(result: GradeResult): Outcome {
  if (result.status === 'rejected') return { rejected: result.code, message: result.message }
  return { score: result.scoreUnits, contentHash: result.contentHash, rows: result.rows }
}
