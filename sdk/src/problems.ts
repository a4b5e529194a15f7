/** What the sdk itself refuses or gives up on, in words; chain and content have error classes of their own. */

export type ProblemCode =
  | 'bad_config'
  | 'bad_input'
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
  | 'escrow_used_up'

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
