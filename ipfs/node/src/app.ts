/** The HTTP API, put together from its parts; starts nothing. */
import { healthRoutes, type Log, notFound, onError, requests } from '@stellartrain/service'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Keys } from './auth/keys.ts'
import { createSep10 } from './auth/sep10.ts'
import { createSessions } from './auth/session.ts'
import type { Named } from './chain/named.ts'
import { asIpfsError } from './errors.ts'
import { auth } from './http/auth.ts'
import { content } from './http/content.ts'
import { gateway } from './http/gateway.ts'
import { problemsOf, status } from './http/status.ts'
import { uploads } from './http/uploads.ts'
import type { IpfsMetrics } from './metrics.ts'
import type { Copier } from './replica/copier.ts'
import { createManifestLimit } from './store/manifest-limit.ts'
import type { IpfsNode, Limits } from './store/node.ts'

export type AppDeps = {
  node: IpfsNode
  keys: Keys
  networkPassphrase: string
  homeDomains: readonly string[]
  limits: Limits
  /** null = nothing is copied anywhere. */
  copier: Copier | null
  /** What the ledger names; null = submissions are not taken. */
  named: Named | null
  version: string
  metrics: IpfsMetrics
  log: Log
  now?: () => Date
}

export function createApp(deps: AppDeps): Hono {
  const { node, keys, networkPassphrase, homeDomains, limits, copier, named, version, metrics, log } = deps
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
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'],
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
  const { maxUploadBytes, maxAccountBytes, ...submissionLimits } = limits
  const onPinned = (cid: string) => copier?.notice(cid)
  app.route('/v1/uploads', uploads({ node, sessions, maxUploadBytes, metrics, log, onPinned }))
  const mostBytes = createManifestLimit(node, limits.maxSubmissionBytes)
  app.route('/v1/content', content({ node, named, mostBytes, metrics, log, onPinned }))
  app.route('/', auth({ keys, sep10, sessions, networkPassphrase }))
  const about = { version, signingKey, networkPassphrase, homeDomains, maxUploadBytes, maxAccountBytes }
  const submissions = () => ({
    following: named?.status() ?? null,
    ...submissionLimits,
    ...node.submissions(),
  })
  metrics.observe(node.home, replica, node.submissions)
  app.route('/', healthRoutes({ problems: () => problemsOf(node.home), metrics: metrics.metrics }))
  app.route('/', status(node.home, about, replica, submissions))
  app.notFound(notFound('See /status, /ipfs/<cid>, /v1/content/<cid> and /auth.'))
  app.onError(onError(log, asIpfsError))
  return app
}
