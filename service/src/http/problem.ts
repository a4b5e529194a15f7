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

/** The part of a Hono app that says which routes a request meets. */
export type Routed = {
  router: {
    match(
      method: string,
      path: string,
    ): readonly [readonly (readonly [readonly [unknown, { method: string }], ...unknown[]])[], ...unknown[]]
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Of the routes at a path; what is for every method, as middleware is, makes no path. */
function methodsAt({ router }: Routed, path: string): string[] {
  const taken = METHODS.filter((method) => router.match(method, path)[0].some(([[, route]]) => route.method === method))
  return taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

/** 404 where nothing is, and 405 for a method that what is there does not take. @param hint where to look instead, as a sentence */
export function notFound(app: Routed, hint: string): NotFoundHandler {
  return (c) => {
    const { path, method } = c.req
    const taken = methodsAt(app, path)
    if (taken.length === 0 || taken.includes(method))
      return problem(c, new HttpError(404, 'not_found', `There is nothing at ${path}. ${hint}`))
    const allow = [...taken, 'OPTIONS'].join(', ')
    return problem(
      c,
      new HttpError(405, 'method_not_allowed', `${path} takes ${allow}, not ${method}.`, { headers: { allow } }),
    )
  }
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
