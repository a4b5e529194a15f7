/** What happens to every request: it gets an id, is counted, and is logged at level `debug`. */
import type { MiddlewareHandler } from 'hono'
import { requestId } from 'hono/request-id'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

/** An id that the caller sends as `x-request-id` is kept, so that one request can be followed through several services. */
export function requests({ log, metrics }: { log: Log; metrics: Metrics }): MiddlewareHandler {
  const assign = requestId({ limitLength: 64 })
  return async (c, next) => {
    const begin = performance.now()
    c.header('x-content-type-options', 'nosniff')
    await assign(c, next)
    const id = c.get('requestId')
    // A route may have built its answer without the context. Headers that are set now are a copy of the whole answer.
    if (c.res.headers.get('x-request-id') !== id) {
      c.header('x-request-id', id)
      c.header('x-content-type-options', 'nosniff')
    }
    const milliseconds = performance.now() - begin
    metrics.request(c.res.status, milliseconds / 1000)
    const fields = { requestId: id, method: c.req.method, path: c.req.path, status: c.res.status }
    log.debug('request', { ...fields, milliseconds: Math.round(milliseconds) })
  }
}
