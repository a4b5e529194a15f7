/** The whole API as one Hono app: routes, freshness, errors, its own description. */
import { notFound, onError, requests, silentLog } from '@stellartrain/service'
import { cors } from 'hono/cors'
import { whileClosed } from './closed.ts'
import type { AppDeps } from './context.ts'
import { docsRoutes } from './docs.ts'
import { createExports } from './export/export.ts'
import { MARK_NAMES } from './export/marks.ts'
import { knownPaths } from './known-paths.ts'
import { ApiError } from './problem.ts'
import { rateLimit } from './rate-limit.ts'
import { createRouter } from './router.ts'
import { accountRoutes } from './routes/accounts.ts'
import { challengeRoutes } from './routes/challenges.ts'
import { eventRoutes } from './routes/events.ts'
import { overallRoutes } from './routes/lists.ts'
import { recordRoutes } from './routes/records.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { metricsOf, statusRoutes } from './routes/status.ts'
import { totalRoutes } from './routes/totals.ts'
import { snapshot } from './snapshot.ts'

export const OPENAPI_INFO = {
  title: 'StellarTrain indexer',
  version: '1.0.0',
  description:
    'Read-only, without a key. Everything it says can be checked against the chain; `_meta` says how fresh it is. Amounts are in base units of their asset.',
}

export function createApp(deps: AppDeps) {
  const { log = silentLog } = deps
  const metrics = metricsOf(deps)
  const exports = createExports()
  const app = createRouter()
  app.use(requests({ log, metrics }))
  app.use(
    cors({
      origin: '*',
      exposeHeaders: ['etag', 'link', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id', ...MARK_NAMES],
      allowMethods: ['GET', 'HEAD', 'OPTIONS'],
    }),
  )
  app.use('/v1/*', rateLimit(deps))
  for (const path of ['/v1/*', '/health', '/ready', '/status', '/metrics']) app.use(path, knownPaths(app))
  app.use('/v1/*', whileClosed(deps))
  app.use('/v1/*', snapshot(deps))
  app.notFound(notFound('See /docs.'))
  app.onError(onError(log, databaseDown))
  app.doc31('/openapi.json', { openapi: '3.1.0', info: OPENAPI_INFO })
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
}

/** Codes of Node and of PostgreSQL for a database that is away, starting or not migrated yet. */
const DOWN = ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '42P01']

function databaseDown(error: Error & { code?: string }): ApiError | undefined {
  if (!DOWN.includes(error.code ?? '') && !/connection|timeout/i.test(error.message)) return undefined
  return new ApiError('not_ready', 'The database does not answer at the moment. Retry in a few seconds.')
}

export type AppType = ReturnType<typeof createApp>
