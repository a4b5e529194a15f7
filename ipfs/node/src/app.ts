/** The HTTP surface, put together from its parts; starts nothing. */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Keys } from './auth/keys.ts'
import { createSep10 } from './auth/sep10.ts'
import { createSessions } from './auth/session.ts'
import { IpfsError } from './errors.ts'
import { auth } from './http/auth.ts'
import { gateway } from './http/gateway.ts'
import { health } from './http/health.ts'
import { problem } from './http/problem.ts'
import { uploads } from './http/uploads.ts'
import type { Log } from './log.ts'
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
  log: Log
  now?: () => Date
}

export function createApp(deps: AppDeps): Hono {
  const { node, keys, networkPassphrase, homeDomains, limits, copier, version, log } = deps
  const sep10 = createSep10(keys, networkPassphrase, homeDomains)
  const sessions = createSessions(keys, homeDomains, deps.now)
  const signingKey = keys.server.publicKey()
  const app = new Hono()
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
      ],
      maxAge: 86_400,
    }),
  )
  app.use(async (c, next) => {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('cross-origin-resource-policy', 'cross-origin')
  })
  app.route('/ipfs', gateway(node, log))
  app.route('/v1/uploads', uploads({ node, sessions, ...limits, log, onPinned: (cid) => copier?.notice(cid) }))
  app.route('/', auth({ keys, sep10, sessions, networkPassphrase }))
  const about = { version, signingKey, networkPassphrase, homeDomains, ...limits }
  app.route(
    '/',
    health(node.home, about, () => copier?.status() ?? null),
  )
  app.notFound((c) => problem(new IpfsError('not_found', `There is nothing at ${c.req.path}.`), c, log))
  app.onError((error, c) => problem(error, c, log))
  return app
}
