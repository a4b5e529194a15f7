/** The whole API as one Hono app: routes, freshness, errors, its own description. */
import { cors } from 'hono/cors'
import type { AppDeps } from './context.ts'
import { docsRoutes } from './docs.ts'
import { etag } from './etag.ts'
import { counted } from './metrics.ts'
import { ApiError, problem } from './problem.ts'
import { rateLimit } from './rate-limit.ts'
import { createRouter } from './router.ts'
import { accountRoutes } from './routes/accounts.ts'
import { challengeRoutes } from './routes/challenges.ts'
import { eventRoutes } from './routes/events.ts'
import { statusRoutes } from './routes/status.ts'
import { totalRoutes } from './routes/totals.ts'

export const OPENAPI_INFO = {
  title: 'StellarTrain indexer',
  version: '1.0.0',
  description:
    'Read-only, without a key. Everything it says can be checked against the chain; `_meta` says how fresh it is. Amounts are in base units of their asset.',
}

export function createApp(deps: AppDeps) {
  const app = createRouter()
  app.use(cors({ origin: '*', exposeHeaders: ['etag', 'retry-after'], allowMethods: ['GET', 'HEAD', 'OPTIONS'] }))
  app.use(counted(deps.metrics))
  app.use('/v1/*', rateLimit(deps))
  app.use('/v1/*', etag(deps))
  app.notFound((c) => problem(c, new ApiError('not_found', `There is nothing at ${c.req.path}. See /docs.`)))
  app.onError((error, c) => {
    if (error instanceof ApiError) return problem(c, error)
    deps.log?.('request failed', { path: c.req.path, error: String(error) })
    const down = ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '42P01'].includes(
      (error as { code?: string }).code ?? '',
    )
    if (down || /connection|timeout/i.test(error.message)) {
      return problem(
        c,
        new ApiError('not_ready', 'The database does not answer at the moment. Try again in a few seconds.'),
      )
    }
    return problem(c, new ApiError('internal', 'The request failed here, not with you. It has been noted.'))
  })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: OPENAPI_INFO })
  app.route('/', docsRoutes())
  return app
    .route('/', statusRoutes(deps))
    .route('/v1', challengeRoutes(deps))
    .route('/v1', accountRoutes(deps))
    .route('/v1', eventRoutes(deps))
    .route('/v1', totalRoutes(deps))
}

export type AppType = ReturnType<typeof createApp>
