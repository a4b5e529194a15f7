/** Every error of the API in one shape: RFC 9457 problem details with a stable code. */

import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Problem } from './schemas/common.ts'

export type ProblemCode =
  | 'bad_request'
  | 'not_found'
  | 'not_ready'
  | 'too_many_streams'
  | 'too_many_requests'
  | 'internal'

const KINDS: { [Code in ProblemCode]: { status: 400 | 404 | 429 | 500 | 503; title: string } } = {
  bad_request: { status: 400, title: 'The request is not valid' },
  not_found: { status: 404, title: 'Not found' },
  not_ready: { status: 503, title: 'Not ready yet' },
  too_many_streams: { status: 503, title: 'Too many open streams' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
}

/** Thrown by routes, answered by the app. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ProblemCode
  readonly errors: { path: string; message: string }[]

  constructor(code: ProblemCode, detail: string, errors: { path: string; message: string }[] = []) {
    super(detail)
    this.code = code
    this.errors = errors
  }
}

export function problem(c: Context, error: ApiError): Response {
  const { status, title } = KINDS[error.code]
  const body: z.infer<typeof Problem> = {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  }
  return c.json(body, status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
}
