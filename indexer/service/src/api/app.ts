/** The whole API as one Hono app: routes, freshness, errors, its own description. */
import { notFound, onError, requests, silentLog } from '@stellartrain/service'
import { HTTPException } from 'hono/http-exception'
import { whileClosed } from './closed.ts'
import type { AppDeps } from './context.ts'
import { crossOrigin } from './cross-origin.ts'
import { createDescriptions } from './descriptions.ts'
import { docsRoutes } from './docs.ts'
import { documentOf } from './document.ts'
import { createExports } from './export/export.ts'
import { knownPaths } from './known-paths.ts'
import { createMcp } from './mcp.ts'
import { ApiError } from './problem.ts'
import { clientOf, rateLimit } from './rate-limit.ts'
import { createRouter } from './router.ts'
import { accountRoutes } from './routes/accounts.ts'
import { challengeRoutes } from './routes/challenges.ts'
import { eventRoutes } from './routes/events.ts'
import { overallRoutes } from './routes/lists.ts'
import { recordRoutes } from './routes/records.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { metricsOf, statusRoutes } from './routes/status.ts'
import { totalRoutes } from './routes/totals.ts'
import { WEBHOOKS, webhookRoutes } from './routes/webhooks.ts'
import { snapshot } from './snapshot.ts'

export function createApp(deps: AppDeps) {
  const { log = silentLog } = deps
  const metrics = metricsOf(deps)
  const { clients } = deps
  const exports = createExports(clients && ((c) => clientOf(clients, c)))
  const app = createRouter()
  app.use(requests({ log, metrics, traces: deps.traces }))
  app.use(crossOrigin())
  // What a tool asks inside was counted when it came.
  const counted = new WeakSet<Request>()
  const limit = rateLimit(deps, counted)
  for (const path of ['/v1/*', '/auth', '/mcp', '/status', '/metrics', '/openapi.json', '/llms.txt', '/docs/*'])
    app.use(path, limit)
  for (const path of ['/v1/*', '/health', '/ready', '/status', '/metrics']) app.use(path, knownPaths(app))
  app.use('/v1/*', whileClosed(deps))
  const reads = snapshot(deps)
  // What is no answer about the chain has no snapshot and no tag.
  app.use('/v1/*', (c, next) => (c.req.path.startsWith(WEBHOOKS) ? next() : reads(c, next)))
  app.notFound(notFound(app, 'See /docs.'))
  app.onError(onError(log, refusalOf))
  app.openAPIRegistry.registerComponent('securitySchemes', 'wallet', {
    ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    description: 'A token by SEP-10: sign the challenge of `GET /auth?account=G…`, and post it there.',
  })
  if (deps.webhooks) app.route('/', deps.webhooks.routes)
  const descriptions = createDescriptions(() => documentOf(app))
  app.get('/openapi.json', descriptions.openapi)
  app.get('/llms.txt', descriptions.llms)
  const mcp = createMcp(descriptions.document, deps.version ?? '')
  // A tool is counted as the request that it is, once: the first of a message with the message, each other as its client's own.
  app.all('/mcp', (c) => {
    let first = true
    return mcp(c, async (path) => {
      const forwarded = c.req.header('x-forwarded-for')
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      const inner = new Request(new URL(path, c.req.url), { signal: c.req.raw.signal, headers })
      if (first) counted.add(inner)
      first = false
      return app.fetch(inner, c.env)
    })
  })
  app.route('/', docsRoutes())
  return app
    .route('/', statusRoutes(deps, metrics))
    .route('/v1', challengeRoutes(deps, exports))
    .route('/v1', overallRoutes(deps, exports))
    .route('/v1', accountRoutes(deps, exports))
    .route('/v1', recordRoutes(deps, exports))
    .route('/v1', statisticsRoutes(deps, exports))
    .route('/v1', eventRoutes(deps, exports))
    .route('/v1', totalRoutes(deps))
    .route('/v1', webhookRoutes(deps))
}

/** Codes of Node and of PostgreSQL for a database that is away, starting or not migrated yet. */
const DOWN = ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '42P01']

function refusalOf(error: Error & { code?: string }): ApiError | undefined {
  if (error instanceof HTTPException && error.status === 400) return new ApiError('bad_request', `${error.message}.`)
  if (error instanceof HTTPException && error.status === 415)
    return new ApiError('unsupported_media_type', 'Send the body as JSON, with `Content-Type: application/json`.')
  if (!DOWN.includes(error.code ?? '') && !/connection|timeout/i.test(error.message)) return undefined
  return new ApiError('not_ready', 'The database does not answer at the moment. Retry in a few seconds.')
}

export type AppType = ReturnType<typeof createApp>
