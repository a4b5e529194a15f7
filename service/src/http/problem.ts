/** Every refusal in one shape: a problem document (RFC 9457) with a stable code and the request's id. */
import { STATUS_CODES } from 'node:http'
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Log } from '../log/log.ts'
import { type FieldError, HttpError } from './http-error.ts'

/** `title` is the status in words, as RFC 9457 asks of `about:blank`; `code` is what programs compare. */
export type Problem = {
  type: 'about:blank'
  title: string
  status: number
  detail: string
  code: string
  requestId: string
  errors?: readonly FieldError[]
}

export function problem(c: Context, error: HttpError): Response {
  const { status, code, message: detail, errors } = error
  const body: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    requestId: c.get('requestId') ?? '',
    ...(errors.length > 0 && { errors }),
  }
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...error.headers,
  })
}

/** @param hint where to look instead, as a sentence */
export function notFound(hint: string): NotFoundHandler {
  return (c) => problem(c, new HttpError(404, 'not_found', `There is nothing at ${c.req.path}. ${hint}`))
}

/**
 * Answers whatever a route threw. What is not an HttpError is a fault of the service: its message stays in the log.
 * @param translate errors of libraries that have an answer of their own
 */
export function onError(log: Log, translate: (error: Error) => HttpError | undefined = () => undefined): ErrorHandler {
  return (error, c) => {
    const known = error instanceof HttpError ? error : translate(error)
    const answer =
      known ??
      new HttpError(
        500,
        'internal',
        'The request failed on this server. Retry it; if it fails again, report its id to the operator.',
        { cause: error },
      )
    if (answer.status >= 500) {
      const cause = answer.cause instanceof Error ? answer.cause.message : answer.message
      const fields = { requestId: c.get('requestId'), method: c.req.method, path: c.req.path }
      log.error('request_failed', { ...fields, code: answer.code, status: answer.status, cause: cause.slice(0, 500) })
    }
    return problem(c, answer)
  }
}
