/** Errors that are not the solver's fault: of the truth file, the shape or the metric's parameters. A bad submission is a value, not an error. */

import type { Problem } from './problems.ts'
import type { ReasonName } from './reasons.ts'

/** What can be wrong on the maker's side, so that a challenge is refused at creation or not accepted by an oracle. */
export type GradeErrorCode =
  /** The truth file is not a valid CSV file of the stated shape; `problems` says where. */
  | 'truth_invalid'
  /** The metric is not defined on this truth, for instance AUC with one class. */
  | 'truth_degenerate'
  /** Rows of the asked part (public or private) are missing, or no usage column was given. */
  | 'truth_part_empty'
  /** Votes contradict themselves or each other: an item labeled twice by one labeler, a label outside the schema, nothing to compare. */
  | 'votes_invalid'
  /** The metric's id is unknown. */
  | 'metric_unknown'
  /** The metric's parameters are wrong. */
  | 'params_invalid'
  /** The shape does not fit the metric or is contradictory. */
  | 'shape_invalid'
  /** The salt is not 32 bytes. */
  | 'salt_invalid'
  /** The evaluator is no module that this engine runs, or is not at hand. */
  | 'evaluator_invalid'
  /** The disk has no room for the parts of files that are graded in parts, or they cannot be written or read there. */
  | 'spill_disk'
  /** The memory that is granted is too little for the smallest parts that such files are split into. */
  | 'spill_memory'

/** A mistake in what the maker gave. Trying again with the same input gives the same error. */
export class GradeError extends Error {
  override readonly name = 'GradeError'
  readonly retryable = false
  readonly code: GradeErrorCode
  /** Where in the truth file, for `truth_invalid`. */
  readonly problems: readonly Problem[]

  constructor(code: GradeErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.problems = problems
  }
}

/** A metric or an evaluator ended without a score of this submission, in the same way on every machine. */
export class ScoreStopped extends Error {
  readonly reason: ReasonName
  /** What is told of it beside the reason's own sentence. */
  readonly detail: string

  constructor(reason: ReasonName, detail = '') {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}
