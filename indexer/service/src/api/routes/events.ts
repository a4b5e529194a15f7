/** /v1/events and /v1/transactions: what happened, in pages, as files, or as it happens. */
import { z } from '@hono/zod-openapi'
import type { AppDeps, Reads } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { EVENT_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import { eventList, readTransaction } from '../read/events.ts'
import { metaOf } from '../read/freshness.ts'
import { mayLackEvents } from '../read/lost.ts'
import { createRouter, get, notFound, ok } from '../router.ts'
import { EVENT_ID, EventPage, eventFilters, Transaction } from '../schemas/event.ts'
import { createStream } from '../stream/stream.ts'

const WithHash = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in small letters')
    .openapi({ param: { name: 'hash', in: 'path' } }),
})

const transaction = get({
  path: '/transactions/{hash}',
  tags: ['Events'],
  summary: "The contract's events in one transaction.",
  params: WithHash,
  responses: { ...ok(Transaction, "The contract's events in this transaction."), ...notFound },
})

/** @throws ApiError `not_known`, `not_found` */
async function transactionOf({ db, fresh }: Reads, deps: AppDeps, hash: string) {
  const events = await readTransaction(db, hash)
  const [first] = events
  if (!first && (await mayLackEvents(db, fresh))) {
    throw new ApiError(
      'not_known',
      'Events of this transaction are not here, and those of some ledgers are missing: an RPC or an archive of the network may know it.',
    )
  }
  if (!first) {
    throw new ApiError(
      'not_found',
      `The contract said nothing in this transaction, or it is later than ledger ${fresh.ledger}.`,
    )
  }
  return { hash, ledger: first.ledger, closedAt: first.closedAt, events, _meta: metaOf(fresh, deps) }
}

export function eventRoutes(deps: AppDeps, exports: Exports) {
  const stream = createStream(deps)
  return createRouter()
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'events', path: '/events', light: true, tags: ['Events'], params: NO_PARAMS },
        summary: 'Everything that the contract ever said.',
        formsAbout:
          'With `Accept: text/event-stream` a stream: `id` is the event id, `event` its type, `data` the event. It begins behind `Last-Event-ID` (or `cursor`), without one at what comes next.',
        query: eventFilters,
        page: EventPage,
        columns: EVENT_COLUMNS,
        // The id of an event is a place in the order of all, whatever the filters.
        plainCursor: (cursor) => (EVENT_ID.test(cursor) ? [cursor] : null),
        forms: { 'text/event-stream': (c, query) => stream.open(c, query) },
        open: async ({ db, query }) => eventList(db, query),
      }),
    )
    .openapi(transaction, async (c) => {
      const { snapshot } = c.var
      const { hash } = c.req.valid('param')
      return snapshot.send(await snapshot.read((reads) => transactionOf(reads, deps, hash)))
    })
}
