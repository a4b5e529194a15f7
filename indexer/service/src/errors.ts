/** What can stop the indexer, each with a stable code and a sentence that says what to do. */

export type IndexerErrorCode =
  | 'wrong_network'
  | 'wrong_contract'
  | 'network_was_reset'
  | 'bad_config'
  | 'rpc_failed'
  | 'rpc_refused'
  | 'bad_page'
  | 'newer_database'

export class IndexerError extends Error {
  override readonly name = 'IndexerError'
  readonly code: IndexerErrorCode
  /** Whether trying again later can help without anybody changing anything. */
  readonly retryable: boolean

  constructor(code: IndexerErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}
