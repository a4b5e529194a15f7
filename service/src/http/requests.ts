/** What happens to every request: it gets an id, is counted, and is logged at level `debug`. */
import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics.ts'
import { noTraces, type Traces } from '../traces/traces.ts'
import { addHeaders, headersOf } from './headers.ts'

const MOST = 64

/** An id that the caller sends as `x-request-id` is kept, so that one request can be followed through several services. */
export function requests({ log, metrics, traces = noTraces }: RequestsDeps): MiddlewareHandler {
  const answer: MiddlewareHandler = async (c, next) => {
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
  if (traces === noTraces) return answer
  return (c, next) => {
    // Asked every few seconds by whoever watches the service: they would be most of all traces.
    if (PROBES.includes(c.req.path)) return answer(c, next)
    return traces.served(c.req.header('traceparent'), async (span) => {
      await answer(c, next)
      const route = routeOf(c)
      span.name = route === undefined ? c.req.method : `${c.req.method} ${route}`
      span.attributes = {
        ...{ 'http.request.method': c.req.method, 'url.path': c.req.path, 'http.response.status_code': c.res.status },
        ...(route !== undefined && { 'http.route': route }),
        'stellartrain.request_id': c.get('requestId'),
      }
      if (c.res.status >= 500) span.failed = `HTTP ${c.res.status}`
    })
  }
}

type RequestsDeps = Readonly<{ log: Log; metrics: Metrics; traces?: Traces | undefined }>

const PROBES = ['/health', '/ready', '/metrics']

/** The path with its parameters' names; undefined where no route answered but what is for all. */
function routeOf(c: Context): string | undefined {
  return matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path
}

function idOf(c: Context): string {
  const given = c.req.header('x-request-id')
  return given && given.length <= MOST && !/[^\w\-=]/.test(given) ? given : randomUUID()
}
