/** Reads freshness once for each request and answers 304 while no ledger came and nothing was enriched. */
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './context.ts'
import { wantsCsv } from './csv.ts'
import { readFreshness } from './read/freshness.ts'

export function etag(deps: AppDeps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const fresh = await readFreshness(deps.db, deps.now())
    c.set('fresh', fresh)
    // States follow the clock as well, which is the ledger's unless the chain stands still.
    const form = wantsCsv(c) ? '-csv' : ''
    const tag = `W/"${fresh.ledger}-${fresh.revision}-${fresh.now}${form}"`
    const known = c.req.header('if-none-match')
    const stream = c.req.header('accept')?.includes('text/event-stream')
    if (!stream && known?.split(',').some((one) => one.trim() === tag)) {
      return c.body(null, 304, { etag: tag, 'cache-control': 'no-cache' })
    }
    await next()
    if (c.res.status !== 200 || stream) return
    c.header('etag', tag)
    c.header('cache-control', 'no-cache')
  })
}
