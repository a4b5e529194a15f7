/** /v1/webhooks: where a signed-in wallet wants to be told of events. The only routes that write. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  addEndpoint,
  changeEndpoint,
  type Endpoint,
  findEndpoint,
  listDeliveries,
  listEndpoints,
  pingEndpoint,
  removeEndpoint,
  renewSecret,
  replayEndpoint,
} from '../../webhooks/endpoints.ts'
import type { AppDeps, AppEnv } from '../context.ts'
import { ApiError } from '../problem.ts'
import { COMMON, createRouter, notFound, ok, refused } from '../router.ts'
import { whole } from '../schemas/common.ts'
import {
  NewWebhook,
  Webhook,
  WebhookDeliveries,
  WebhookSecret,
  Webhooks,
  WithWebhook,
  webhookBodies,
} from '../schemas/webhook.ts'
import type { WebhookDelivery, Webhook as WebhookView } from '../types.ts'

export const WEBHOOKS = '/v1/webhooks'

const tags = ['Webhooks']
const security = [{ wallet: [] }]
const { 304: _, ...REFUSALS } = COMMON
const common = { ...REFUSALS, 401: refused('Sign in first: SEP-10, at /auth.') } as const
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
/** Of a path that takes a body. */
const otherBody = { 415: refused('The body is not sent as JSON.') } as const
/** Whatever is asked for beside is refused. */
const query = z.strictObject({})
const none = (description: string) => ({ 204: { description } })

export function webhookRoutes(deps: AppDeps) {
  const { db, webhooks } = deps
  const { Create, Change, Replay } = webhookBodies(webhooks?.allowPrivate ?? false)
  const one = { tags, security, responses: { ...common, ...notFound } } as const

  /** @throws ApiError `not_ready`; HttpError `signed_out` */
  async function accountOf(c: Context<AppEnv>): Promise<string> {
    const sessions = webhooks?.sessions()
    if (!sessions)
      throw new ApiError('not_ready', 'This index takes no webhooks at the moment. Retry in a few seconds.')
    c.header('cache-control', 'no-store')
    return sessions.accountOf(c.req.header('authorization'))
  }

  const router = createRouter()
  router.use(
    `${'/webhooks'}/*`,
    bodyLimit({
      maxSize: 20_000,
      onError: () => {
        throw new ApiError('bad_request', 'The request is larger than 20 kB.')
      },
    }),
  )
  router.use('/webhooks', bodyLimit({ maxSize: 20_000 }))
  return router
    .openapi(
      createRoute({
        ...{ method: 'get', path: '/webhooks', tags, security, summary: 'Your webhooks.' },
        request: { query },
        responses: { ...common, ...ok(Webhooks, 'Your webhooks, the oldest first.') },
      }),
      async (c) => c.json({ data: (await listEndpoints(db, await accountOf(c))).map(webhookView) }, 200),
    )
    .openapi(
      createRoute({
        ...{ method: 'post', path: '/webhooks', tags, security, summary: 'Register a webhook.' },
        description:
          'It is sent a ping first, and events once that was taken. Each message is signed by Standard Webhooks 1.0, comes at least once and, to each webhook, in order.',
        request: { query, body: body(Create) },
        responses: {
          ...common,
          ...otherBody,
          201: { description: 'It is registered.', content: { 'application/json': { schema: NewWebhook } } },
          409: refused('There is no place for another one.'),
        },
      }),
      async (c) => {
        const account = await accountOf(c)
        const { after = null, ...facts } = c.req.valid('json')
        const made = await addEndpoint(db, account, facts, after)
        return c.json({ ...webhookView(made), secret: made.secret }, 201)
      },
    )
    .openapi(
      createRoute({
        ...{ method: 'get', path: '/webhooks/{id}', ...one, summary: 'One of your webhooks.' },
        request: { params: WithWebhook, query },
        responses: { ...one.responses, ...ok(Webhook, 'The webhook.') },
      }),
      async (c) => c.json(webhookView(await findEndpoint(db, await accountOf(c), c.req.valid('param').id)), 200),
    )
    .openapi(
      createRoute({
        ...{ method: 'patch', path: '/webhooks/{id}', ...one, summary: 'Change, disable or enable a webhook.' },
        description: 'One that is enabled again continues where it was; nothing was lost meanwhile.',
        request: { params: WithWebhook, query, body: body(Change) },
        responses: { ...one.responses, ...otherBody, ...ok(Webhook, 'As it is now.') },
      }),
      async (c) => {
        const account = await accountOf(c)
        const given = Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined)
        const { id } = c.req.valid('param')
        const changed =
          given.length === 0
            ? await findEndpoint(db, account, id)
            : await changeEndpoint(db, account, id, Object.fromEntries(given))
        return c.json(webhookView(changed), 200)
      },
    )
    .openapi(
      createRoute({
        ...{ method: 'delete', path: '/webhooks/{id}', ...one, summary: 'Remove a webhook.' },
        request: { params: WithWebhook, query },
        responses: { ...one.responses, ...none('It is gone.') },
      }),
      async (c) => {
        await removeEndpoint(db, await accountOf(c), c.req.valid('param').id)
        return c.body(null, 204)
      },
    )
    .openapi(
      createRoute({
        ...{ method: 'post', path: '/webhooks/{id}/ping', ...one, summary: 'Send a ping, before anything else.' },
        request: { params: WithWebhook, query },
        responses: { ...one.responses, ...ok(Webhook, 'The ping is under way.') },
      }),
      async (c) => c.json(webhookView(await pingEndpoint(db, await accountOf(c), c.req.valid('param').id)), 200),
    )
    .openapi(
      createRoute({
        ...{ method: 'post', path: '/webhooks/{id}/replay', ...one, summary: 'Send everything behind an event again.' },
        description: 'With the message ids that they had.',
        request: { params: WithWebhook, query, body: body(Replay) },
        responses: { ...one.responses, ...otherBody, ...ok(Webhook, 'It begins behind that event.') },
      }),
      async (c) => {
        const account = await accountOf(c)
        const { after } = c.req.valid('json')
        return c.json(webhookView(await replayEndpoint(db, account, c.req.valid('param').id, after)), 200)
      },
    )
    .openapi(
      createRoute({
        ...{ method: 'post', path: '/webhooks/{id}/secret', ...one, summary: 'Make a new secret.' },
        description: 'For a day the old one signs as well, in the same header.',
        request: { params: WithWebhook, query },
        responses: { ...one.responses, ...ok(WebhookSecret, 'The new secret.') },
      }),
      async (c) => {
        const { secret } = await renewSecret(db, await accountOf(c), c.req.valid('param').id)
        return c.json({ secret }, 200)
      },
    )
    .openapi(
      createRoute({
        ...{ method: 'get', path: '/webhooks/{id}/deliveries', ...one, summary: 'What became of the latest attempts.' },
        request: {
          params: WithWebhook,
          query: z.strictObject({ limit: whole(1, 200, { default: 50 }).optional() }),
        },
        responses: { ...one.responses, ...ok(WebhookDeliveries, 'Attempts, the latest first; the last 500 are kept.') },
      }),
      async (c) => {
        const account = await accountOf(c)
        const { limit = 50 } = c.req.valid('query')
        const list = await listDeliveries(db, account, c.req.valid('param').id, limit)
        return c.json({ data: list.map(deliveryView) }, 200)
      },
    )
}

const iso = (date: Date): string => date.toISOString()
const isoOrNull = (date: Date | null): string | null => date && iso(date)

function webhookView(endpoint: Endpoint): WebhookView {
  const { id, url, description, types, challenges, about, state, reason, proven, cursor, attempts } = endpoint
  return {
    ...{ id, url, description, types: types as WebhookView['types'], challenges: challenges.map(Number), about },
    ...{ state, reason: reason === '' ? null : reason, proven, createdAt: iso(endpoint.created_at), after: cursor },
    ...{ attempts, failingSince: isoOrNull(endpoint.failing_since) },
    nextTryAt: state === 'active' && attempts > 0 ? iso(endpoint.next_try) : null,
  }
}

type DeliverySql = Awaited<ReturnType<typeof listDeliveries>>[number]

const deliveryView = ({
  message,
  type,
  event,
  attempt,
  at,
  status,
  error,
  milliseconds,
}: DeliverySql): WebhookDelivery => ({
  ...{ message, type, event, attempt, at: iso(at), delivered: error === null, status, error, milliseconds },
})
