/** Pages of any origin may read the API: it knows no cookies, and says nothing that not everybody may know. */
import { headersOf } from '@stellartrain/service'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { MARK_NAMES } from './export/marks.ts'

const EXPOSED = ['etag', 'link', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id', ...MARK_NAMES].join()

export function crossOrigin() {
  const preflight = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
    allowHeaders: ['accept', 'authorization', 'content-type', 'if-none-match', 'last-event-id', 'mcp-protocol-version'],
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    const headers = headersOf(c)
    headers['access-control-allow-origin'] = '*'
    headers['access-control-expose-headers'] = EXPOSED
    if (c.req.method === 'OPTIONS') return preflight(c, next)
    await next()
  })
}
