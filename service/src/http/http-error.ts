/** An error that a route throws and the service answers as a problem document. */
import { ServiceError } from '../errors.ts'

export type FieldError = Readonly<{ path: string; message: string }>

/** `message` is shown to the caller: it says what to do and holds no path of this machine and no secret. */
export class HttpError<Code extends string = string> extends ServiceError<Code> {
  override readonly name: string = 'HttpError'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** What is wrong with which part of the request. */
  readonly errors: readonly FieldError[]

  constructor(
    status: number,
    code: Code,
    message: string,
    options: { headers?: Record<string, string>; errors?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    super(code, message, { retryable: status === 429 || status >= 500, cause: options.cause })
    this.status = status
    this.headers = options.headers ?? {}
    this.errors = options.errors ?? []
  }
}
