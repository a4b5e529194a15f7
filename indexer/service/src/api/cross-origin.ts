/** Pages of any origin may read the API: it knows no cookies, and says nothing that not everybody may know. */
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { MARK_NAMES } from './export/marks.ts'

const EXPOSED = ['etag', 'link', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id', ...MARK_NAMES].join()

/** Headers are set before an answer is made: afterwards each is a copy of the whole answer. */
export function crossOrigin() {
  const preflight = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
    allowHeaders: ['accept', 'authorization', 'content-type', 'if-none-match', 'last-event-id', 'mcp-protocol-version'],
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    const allow = () => {
      c.header('access-control-allow-origin', '*')
      c.header('access-control-expose-headers', EXPOSED)
    }
    allow()
    if (c.req.method === 'OPTIONS') return preflight(c, next)
    await next()
    // A route may have built its answer without the context.
    if (!c.res.headers.has('access-control-allow-origin')) allow()
  })
}
