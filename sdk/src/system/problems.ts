/** What the sdk itself refuses or gives up on, in words; chain and content have error classes of their own. */

export type ProblemCode =
  /** A setting is missing or cannot be used. */
  | 'bad_config'
  /** A text that should name something, such as an address or an asset, and does not. */
  | 'bad_value'
  | 'bad_input'
  /** Only someone else may do this. */
  | 'not_yours'
  | 'api_unreachable'
  | 'api_refused'
  | 'not_open'
  | 'too_late'
  | 'no_attempts_left'
  | 'conflict_of_interest'
  | 'already_won'
  | 'no_funds'
  | 'no_trustline'
  | 'check_failed'
  | 'attempt_taken'
  | 'oracle_missing'
  | 'metric_unsuitable'
  | 'not_found'
  | 'rule_not_supported'
  | 'nothing_owed'
  | 'nothing_to_close'
  | 'nothing_to_settle'
  | 'not_handed_out'
  | 'not_kept'
  | 'not_admitted'
  | 'batch_pending'
  /** A label that the labeling task of the manifest does not allow. */
  | 'bad_answer'
  /** No majority of the oracles leases anything to this labeler now. */
  | 'no_lease'
  /** The challenge asks labelers for a quiz that this one has not passed. */
  | 'quiz_not_passed'
  /** Too little time is left to submit the batch. */
  | 'lease_expired'
  | 'not_the_judge'
  | 'not_judging'
  | 'not_recountable'
  /** The challenge is funded, and how its judge scores is still to be fixed. */
  | 'rules_not_fixed'
  | 'escrow_used_up'
  /** What oracles open after the end is not opened yet, or never will be. */
  | 'not_opened'
  /** Items that only whoever leases them and their maker read. */
  | 'items_private'
  /** The submission has no commitment on-chain, so nothing shows what it was. */
  | 'no_commitment'
  /** A file that is shown as a submission and is another one. */
  | 'not_the_submission'
  /** Two challenges whose submissions have no columns or too few ids in common. */
  | 'not_comparable'

/** Nothing was spent when one of these is thrown. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly code: ProblemCode
  readonly retryable: boolean

  constructor(code: ProblemCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}
