/** The API's refusals: each code has one status. The service answers them as problem documents (RFC 9457). */
import { type FieldError, HttpError } from '@stellartrain/service'

const STATUS = {
  bad_request: 400,
  not_found: 404,
  no_records: 404,
  too_many_webhooks: 409,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  not_ready: 503,
  not_known: 503,
  too_many_streams: 503,
  too_many_exports: 503,
} as const

export type ProblemCode = keyof typeof STATUS

/** Thrown by routes, answered by the app. */
export class ApiError extends HttpError<ProblemCode> {
  override readonly name = 'ApiError'

  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly FieldError[] = [],
    headers: Record<string, string> = {},
  ) {
    super(STATUS[code], code, detail, { errors, headers })
  }
}
