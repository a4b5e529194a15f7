/** What happens to every request: it gets an id, is counted, and is logged at level `debug`. */
import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics.ts'
import { addHeaders, headersOf } from './headers.ts'

const MOST = 64

/** An id that the caller sends as `x-request-id` is kept, so that one request can be followed through several services. */
export function requests({ log, metrics }: { log: Log; metrics: Metrics }): MiddlewareHandler {
  return async (c, next) => {
    const begin = performance.now()
    const id = idOf(c)
    c.set('requestId', id)
    const headers = headersOf(c)
    headers['x-request-id'] = id
    headers['x-content-type-options'] = 'nosniff'
    await next()
    addHeaders(c)
    const milliseconds = performance.now() - begin
    const { status } = c.res
    metrics.request(status, milliseconds / 1000)
    const fields = { requestId: id, method: c.req.method, path: c.req.path, status }
    log.debug('request', { ...fields, milliseconds: Math.round(milliseconds) })
  }
}

function idOf(c: Context): string {
  const given = c.req.header('x-request-id')
  return given && given.length <= MOST && !/[^\w\-=]/.test(given) ? given : randomUUID()
}
