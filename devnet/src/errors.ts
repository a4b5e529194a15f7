/** What can go wrong here, each with a stable code and a sentence that says what to do. */

/** An error of the local network; `retryable` says whether the same call may succeed later. */
export class DevnetError extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DevnetError'
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** An answer of JSON-RPC that is an error. */
export class RpcError extends Error {
  readonly code: number
  /** What the error adds for machines and for debugging. */
  readonly data: string | undefined

  constructor(code: number, message: string, data?: string) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.data = data
  }
}

export const invalidRequest = (message: string) => new RpcError(-32600, message)
export const invalidParams = (message: string) => new RpcError(-32602, message)
/** Parameters that the official server cannot decode: it says so in these words, and why only beside them. */
export const undecodable = (why: string) => new RpcError(-32602, 'invalid parameters', why)
