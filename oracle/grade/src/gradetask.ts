/** What an oracle computes of a submission: one grade, or where a challenge is ranked the public grade with the private score beside it. */

import type { Sink } from './canonical/canonicalwriter.ts'
import type { CreateHash } from './canonical/sha256.ts'
import { type Graded, type PartGrader, type Rejected, submissionGrader } from './grade.ts'
import type { Task } from './manifesttask.ts'
import type { PreparedTruth } from './truth.ts'

export interface TaskInput {
  task: Task
  truth: PreparedTruth
  /** 32 bytes, part of the truth. */
  salt: Uint8Array
  /** Scored on the public rows, ranked on the private ones. */
  ranked: boolean
  submission: Uint8Array
  /** As `grade` takes them. */
  maxProblems?: number
  createHash?: CreateHash
  form?: Sink
}

/** `privateScore` only where a challenge is ranked, in units of 1e-7: null where the metric has no value on the private rows. */
export type TaskResult = Rejected | (Graded & { readonly privateScore?: bigint | null })

/** Throws `GradeError` for what is the maker's fault. */
export function gradeTask({ task, ranked, ...input }: TaskInput): TaskResult {
  const { metric, evaluator, params, shape } = task
  return taskResult(submissionGrader({ metric, evaluator, params, shape, ...input }), ranked)
}

/** What is wrong with a file is wrong on either part; only the score can be missing on the private rows alone. */
export function taskResult(on: PartGrader, ranked: boolean): TaskResult {
  if (!ranked) return on('all')
  const open = on('public')
  if (open.status === 'rejected') return open
  const hidden = on('private')
  return { ...open, privateScore: hidden.status === 'graded' ? hidden.scoreUnits : null }
}
