/** /v1/events and /v1/transactions: what happened, in pages or as it happens. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AppDeps } from '../context.ts'
import { ApiError } from '../problem.ts'
import { readEvents, readTransaction } from '../read/events.ts'
import { metaOf } from '../read/freshness.ts'
import { badRequest, createRouter, notFound, ok } from '../router.ts'
import { EventPage, EventQuery, Transaction } from '../schemas/event.ts'
import { createStream } from '../stream.ts'

const WithHash = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .openapi({ param: { name: 'hash', in: 'path' } }),
})

const events = createRoute({
  method: 'get',
  path: '/events',
  tags: ['Events'],
  description:
    'With `Accept: text/event-stream` the answer is a stream: `id` is the event id, `event` its type, `data` the event. It begins behind `Last-Event-ID` (or `cursor`), without one at what comes next.',
  request: { query: EventQuery },
  responses: {
    200: {
      description: 'Events, or a stream of them.',
      content: { 'application/json': { schema: EventPage }, 'text/event-stream': { schema: z.string() } },
    },
    ...badRequest,
  },
})
const transaction = createRoute({
  method: 'get',
  path: '/transactions/{hash}',
  tags: ['Events'],
  request: { params: WithHash },
  responses: { ...ok(Transaction, "The contract's events in this transaction."), ...badRequest, ...notFound },
})

export function eventRoutes(deps: AppDeps) {
  const { db } = deps
  const stream = createStream(deps)
  return createRouter()
    .openapi(events, async (c) => {
      const query = c.req.valid('query')
      if (c.req.header('accept')?.includes('text/event-stream')) return stream(c, query)
      const data = await readEvents(db, { ...query, limit: query.limit + 1 })
      const next = data.length > query.limit ? data[query.limit - 1]!.id : null
      return c.json({ data: data.slice(0, query.limit), next, _meta: metaOf(c.var.fresh, deps) }, 200)
    })
    .openapi(transaction, async (c) => {
      const { hash } = c.req.valid('param')
      const list = await readTransaction(db, hash)
      const [first] = list
      if (!first) {
        const { ledger } = c.var.fresh
        throw new ApiError(
          'not_found',
          `The contract said nothing in this transaction, or it is later than ledger ${ledger}.`,
        )
      }
      return c.json(
        { hash, ledger: first.ledger, closedAt: first.closedAt, events: list, _meta: metaOf(c.var.fresh, deps) },
        200,
      )
    })
}
