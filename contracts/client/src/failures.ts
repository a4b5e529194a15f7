/** What can go wrong between a wish and the ledger, apart from the contract's own refusals: one class, stable codes. */

export type FailureCode =
  | 'rpc_unreachable'
  | 'rpc_refused'
  | 'rpc_bad_answer'
  | 'no_account'
  | 'no_funds'
  | 'not_signed'
  /** The call needs the signature of someone else; nothing was sent. */
  | 'not_authorized'
  | 'signed_other'
  | 'expired'
  | 'stalled'
  | 'outbid'
  | 'rejected_by_network'
  | 'failed_on_ledger'
  | 'simulation_failed'
  | 'not_found'
  | 'bad_input'
  | 'wrong_network'
  | 'no_contract'
  | 'wrong_contract'

/** `retryable`: the same call may succeed later without any change by the caller. `detail` is for a bug report, not for people. */
export class ChainFailure extends Error {
  override readonly name = 'ChainFailure'
  readonly code: FailureCode
  readonly retryable: boolean
  readonly detail: string | undefined
  /** How long the server asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: FailureCode,
    message: string,
    options: { retryable?: boolean; detail?: string; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
    this.detail = options.detail
    this.retryAfterMs = options.retryAfterMs
  }
}
