/** The HTTP API, put together from its parts; starts nothing. */
import { healthRoutes, type Log, notFound, onError, requests } from '@stellartrain/service'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Keys } from './auth/keys.ts'
import { createSep10 } from './auth/sep10.ts'
import { createSessions } from './auth/session.ts'
import { asIpfsError } from './errors.ts'
import { auth } from './http/auth.ts'
import { gateway } from './http/gateway.ts'
import { problemsOf, status } from './http/status.ts'
import { uploads } from './http/uploads.ts'
import type { IpfsMetrics } from './metrics.ts'
import type { Copier } from './replica/copier.ts'
import type { IpfsNode, Limits } from './store/node.ts'

export type AppDeps = {
  node: IpfsNode
  keys: Keys
  networkPassphrase: string
  homeDomains: readonly string[]
  limits: Limits
  /** null = nothing is copied anywhere. */
  copier: Copier | null
  version: string
  metrics: IpfsMetrics
  log: Log
  now?: () => Date
}

export function createApp(deps: AppDeps): Hono {
  const { node, keys, networkPassphrase, homeDomains, limits, copier, version, metrics, log } = deps
  const sep10 = createSep10(keys, networkPassphrase, homeDomains)
  const sessions = createSessions(keys, homeDomains, deps.now)
  const signingKey = keys.server.publicKey()
  const replica = () => copier?.status() ?? null
  const app = new Hono()
  app.use(requests({ log, metrics: metrics.metrics }))
  // Any page may read and may send a token that it was given: there are no cookies to abuse.
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
      allowHeaders: ['authorization', 'content-type', 'range', 'if-range', 'if-none-match'],
      exposeHeaders: [
        'content-length',
        'content-range',
        'etag',
        'location',
        'retry-after',
        'x-ipfs-path',
        'x-ipfs-roots',
        'x-request-id',
      ],
      maxAge: 86_400,
    }),
  )
  app.use(async (c, next) => {
    await next()
    c.header('cross-origin-resource-policy', 'cross-origin')
  })
  app.route('/ipfs', gateway(node, log))
  app.route('/v1/uploads', uploads({ node, sessions, ...limits, metrics, log, onPinned: (cid) => copier?.notice(cid) }))
  app.route('/', auth({ keys, sep10, sessions, networkPassphrase }))
  const about = { version, signingKey, networkPassphrase, homeDomains, ...limits }
  metrics.observe(node.home, replica)
  app.route('/', healthRoutes({ problems: () => problemsOf(node.home), metrics: metrics.metrics }))
  app.route('/', status(node.home, about, replica))
  app.notFound(notFound('See /status, /ipfs/<cid> and /auth.'))
  app.onError(onError(log, asIpfsError))
  return app
}
