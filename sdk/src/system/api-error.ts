/** A refusal of the API, or no answer at all. */
import { UserError } from './problems.ts'

/** Code `api_unreachable`, `api_refused`, or `not_found` where nothing is there. */
export class ApiError extends UserError {
  /** HTTP status; 0 where nothing answered. */
  readonly status: number

  constructor(status: number, message: string, options: { cause?: unknown } = {}) {
    const code = status === 0 ? 'api_unreachable' : status === 404 ? 'not_found' : 'api_refused'
    super(code, message, { ...options, retryable: status === 0 || status === 429 || status >= 500 })
    this.status = status
  }
}
