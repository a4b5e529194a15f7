/** The base of a service's typed errors: a stable code, a sentence that says what to do, and whether a retry can help. */

/** `retryable`: the same call may succeed later without any change. */
export class ServiceError<Code extends string = string> extends Error {
  override readonly name: string = 'ServiceError'
  readonly code: Code
  readonly retryable: boolean

  constructor(code: Code, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}
