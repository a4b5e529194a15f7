/** What an oracle computes of a submission: one grade, or where a challenge is ranked the public grade with the private score beside it. */

import type { Sink } from './canonicalwriter.ts'
import { type Graded, type GradeResult, grade, type Rejected } from './grade.ts'
import type { Task } from './manifesttask.ts'
import type { CreateHash } from './sha256.ts'
import type { Part, PreparedTruth } from './truth.ts'

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
export function gradeTask({ task, ranked, form, ...input }: TaskInput): TaskResult {
  const { metric, evaluator, params, shape } = task
  const on = (part: Part, sink?: Sink) =>
    grade({ metric, evaluator, params, shape, ...input, part, ...(sink && { form: sink }) })
  const first = on(ranked ? 'public' : 'all', form)
  return ranked ? withPrivate(first, () => on('private')) : first
}

/** What is wrong with a file is wrong on either part; only the score can be missing on the private rows alone. */
export function withPrivate(open: GradeResult, hidden: () => GradeResult): TaskResult {
  if (open.status === 'rejected') return open
  const second = hidden()
  return { ...open, privateScore: second.status === 'graded' ? second.scoreUnits : null }
}
