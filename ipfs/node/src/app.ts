/** The HTTP API, put together from its parts; starts nothing. */
import { healthRoutes, type Log, notFound, onError, requests, type Traces } from '@stellartrain/service'
import { createSep10, createSessions, type Keys, signInRoutes } from '@stellartrain/service/sign-in'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { ChallengeFacts } from './chain/challenges.ts'
import type { Named } from './chain/named.ts'
import { asIpfsError } from './errors.ts'
import { createAddressBudget } from './http/address-budget.ts'
import { createClientOf } from './http/client.ts'
import { content } from './http/content.ts'
import { gateway } from './http/gateway.ts'
import { pins } from './http/pins.ts'
import { resumable, TUS_HEADERS } from './http/resumable.ts'
import { type CollectStatus, problemsOf, status } from './http/status.ts'
import { createUploadPlaces } from './http/upload-places.ts'
import { uploads } from './http/uploads.ts'
import type { IpfsMetrics } from './metrics.ts'
import { createPinObjects } from './pins/objects.ts'
import type { Copier } from './replica/copier.ts'
import { createManifestLimit } from './store/manifest-limit.ts'
import type { IpfsNode, Limits } from './store/node.ts'
import type { ResumableUploads } from './store/resumable.ts'

export type AppDeps = {
  node: IpfsNode
  keys: Keys
  networkPassphrase: string
  homeDomains: readonly string[]
  limits: Limits
  /** What one address may upload in a day, bytes. */
  maxAddressBytes: number
  /** How many proxies of ours are in front. */
  proxies: number
  /** How long what the ledger does not name is kept, and what it names after a challenge's end. */
  uploadDays: number
  keepDays: number
  /** Uploads in parts. */
  resumable: ResumableUploads
  /** What the last look through all uploads found. */
  collected: () => CollectStatus
  /** null = nothing is copied anywhere. */
  copier: Copier | null
  /** Remote pinning services that keep what the ledger names. */
  remote: readonly Copier[]
  /** What is kept of the submissions of a challenge, bytes. */
  challengeBytes: (challenge: ChallengeFacts) => number
  /** What the ledger names; null = submissions are not taken. */
  named: Named | null
  version: string
  metrics: IpfsMetrics
  log: Log
  traces?: Traces | undefined
  now?: () => Date
}

export function createApp(deps: AppDeps): Hono {
  const { node, keys, networkPassphrase, homeDomains, limits, copier, named, version, metrics, log } = deps
  const sep10 = createSep10(keys, networkPassphrase, homeDomains)
  const sessions = createSessions(keys, homeDomains, deps.now)
  const signingKey = keys.server.publicKey()
  const replica = () => copier?.status() ?? null
  const remotePins = () => deps.remote.map((one) => one.status())
  const app = new Hono()
  app.use(requests({ log, metrics: metrics.metrics, traces: deps.traces }))
  // Any page may read and may send a token that it was given: there are no cookies to abuse.
  const crossOrigin = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    allowHeaders: [
      ...['authorization', 'content-type', 'range', 'if-range', 'if-none-match'],
      ...['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata'],
    ],
    exposeHeaders: [
      ...TUS_HEADERS,
      'content-disposition',
      'content-length',
      'content-location',
      'content-range',
      'etag',
      'location',
      'retry-after',
      'x-ipfs-path',
      'x-ipfs-roots',
      'x-request-id',
    ],
    maxAge: 86_400,
  })
  app.use((c, next) => {
    // A tus client asks what is supported; a browser's preflight asks for a method.
    const asksForTus = c.req.path.startsWith('/v1/resumable') && !c.req.header('access-control-request-method')
    return c.req.method === 'OPTIONS' && asksForTus ? next() : crossOrigin(c, next)
  })
  app.use(async (c, next) => {
    await next()
    c.header('cross-origin-resource-policy', 'cross-origin')
  })
  const clientOf = createClientOf(deps.proxies)
  const budget = createAddressBudget(deps.maxAddressBytes, () => (deps.now?.() ?? new Date()).getTime())
  app.route('/ipfs', gateway({ node, clientOf, metrics, log }))
  const { maxUploadBytes, maxAccountBytes, maxUploadsBytes, ...submissionLimits } = limits
  const hasPart = (account: string) => named?.hasPart(account) ?? false
  const holderOf = (c: Context, account: string) =>
    node.shares.holderOf({ address: clientOf(c), account, hasPart: hasPart(account) })
  const places = createUploadPlaces(hasPart, metrics.running)
  const onPinned = (cid: string) => copier?.notice(cid)
  app.route(
    '/v1/uploads',
    uploads({ node, sessions, named, places, maxUploadBytes, budget, clientOf, holderOf, metrics, log, onPinned }),
  )
  const clock = () => (named === null ? Math.floor(Date.now() / 1000) : (named.clock()?.closedAt ?? null))
  app.route(
    '/v1/resumable',
    resumable({
      ...{ node, sessions, places, maxUploadBytes, budget, clientOf, holderOf, metrics, onPinned },
      uploads: deps.resumable,
      at: clock,
    }),
  )
  const mostBytes = createManifestLimit(node, limits.maxSubmissionBytes)
  app.route(
    '/v1/content',
    content({ node, named, mostBytes, challengeBytes: deps.challengeBytes, clientOf, metrics, log, onPinned }),
  )
  const pinsFor = (c: Context) =>
    createPinObjects({
      node,
      named: (cid) => named?.names(cid) ?? Promise.resolve(false),
      delegate: () => multiaddrOf(new URL(c.req.url)),
      budget: {
        check: (bytes) => budget.check(clientOf(c), bytes),
        spend: (bytes) => budget.spend(clientOf(c), bytes),
      },
      holderOf: (account) => holderOf(c, account),
      now: () => (deps.now?.() ?? new Date()).getTime(),
    })
  app.route('/pins', pins({ pins: pinsFor, sessions, clientOf, at: clock, log }))
  app.route(
    '/',
    signInRoutes(() => ({ keys, sep10, sessions, networkPassphrase })),
  )
  const about = { version, signingKey, networkPassphrase, homeDomains, maxUploadBytes, maxAccountBytes }
  const stored = () => ({
    ...node.uploads(),
    maxUploadsBytes,
    maxAddressBytes: deps.maxAddressBytes,
    reserveBytes: node.room.reserveBytes,
    uploadDays: deps.uploadDays,
    keepDays: deps.keepDays,
    ...deps.collected(),
  })
  const submissions = () => ({
    following: named?.status() ?? null,
    ...submissionLimits,
    ...node.submissions(),
  })
  metrics.observe({
    home: node.home,
    replica,
    remotePins,
    submissions: node.submissions,
    submissionLimits,
    uploads: stored,
    named: () => named?.status() ?? null,
  })
  app.route('/', healthRoutes({ problems: () => problemsOf(node.home), metrics: metrics.metrics }))
  const share = async () => node.shares.ofNewcomer(await node.free(0))
  app.route('/', status(node.home, about, { replica, remotePins, submissions, uploads: stored, share }))
  app.notFound(notFound(app, 'See /status, /ipfs/<cid>, /v1/content/<cid> and /auth.'))
  app.onError(onError(log, asIpfsError))
  return app
}

/** A pin must name where its content may be brought to; this node is reached by HTTP alone. */
function multiaddrOf({ hostname, port, protocol }: URL): string {
  const host = hostname.replace(/^\[|\]$/g, '')
  const kind = host.includes(':') ? 'ip6' : /^[\d.]+$/.test(host) ? 'ip4' : 'dns'
  const secure = protocol === 'https:'
  return `/${kind}/${host}/tcp/${port || (secure ? 443 : 80)}/${secure ? 'https' : 'http'}`
}
