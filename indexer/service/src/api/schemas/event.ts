/** The contract's events, as they came. */
import { z } from '@hono/zod-openapi'
import { EVENT_TYPES, RECORDS_EVENT_TYPES, RECOUNT_EVENT_TYPES } from '@stellartrain/contracts-client/events'
import { Meta, Number32, oldestFirst, pageOf, Time } from './common.ts'

/** The contract's, those of records and badges, and `unknown` for those that this version cannot read. */
export const EventType = z
  .enum([...EVENT_TYPES, ...RECORDS_EVENT_TYPES, ...RECOUNT_EVENT_TYPES, 'unknown'])
  .openapi('EventType')

export const ChainEvent = z
  .object({
    id: z.string().openapi({
      description: 'Sorts as the ledger does; also the cursor.',
      example: '0000000000000123456-0000000001',
    }),
    ledger: z.int(),
    closedAt: Time,
    txHash: z.string(),
    type: EventType,
    challenge: z.int().nullable(),
    data: z.record(z.string(), z.unknown()).openapi({
      description:
        "The event's fields by their names in the contract; integers of 64 bits and more as text, bytes as hex, CIDs as text.",
    }),
  })
  .openapi('Event')

export const EventPage = pageOf('Event', ChainEvent)

/** An id of an event, which is also its place in the order of all. */
export const EVENT_ID = /^\d{19}-\d{10}$/

export const eventFilters = {
  challenge: Number32.optional(),
  type: EventType.optional(),
  ...oldestFirst,
}

export const Transaction = z
  .object({
    hash: z.string(),
    ledger: z.int(),
    closedAt: Time,
    events: z.array(ChainEvent),
    _meta: Meta,
  })
  .openapi('Transaction')
