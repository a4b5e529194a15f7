/** The oracle's typed errors: a stable code, a sentence for people, and whether trying again can help. */

export type OracleErrorCode =
  | 'bad_config'
  | 'cannot_listen'
  | 'indexer_failed'
  | 'content_unavailable'
  | 'truth_unavailable'
  | 'out_of_memory'
  | 'out_of_time'
  | 'worker_failed'
  | 'upload_failed'
  | 'post_failed'
  | 'stopped'

/**
 * A failure of the oracle itself (never of a submission, which gets a verdict instead).
 * `retryable`: the same call may succeed later without anybody changing anything.
 */
export class OracleError extends Error {
  override readonly name = 'OracleError'
  readonly code: OracleErrorCode
  readonly retryable: boolean

  constructor(code: OracleErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? true
  }
}

/** What may be shown in public of any failure: a code and a bounded sentence, never bytes that somebody uploaded. */
export type PublicError = { code: string; message: string }

export function publicError(error: unknown): PublicError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected'
  const message = error instanceof Error ? error.message : String(error)
  return { code, message: message.slice(0, 300) }
}
