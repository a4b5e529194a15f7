/** Events out of the archive, decoded again as they are asked for. */
import type { Kysely, Selectable } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import type { ContractEvent } from '../../decode/events.ts'
import type { Database, EventsTable } from '../../store/database.ts'
import { ApiError } from '../problem.ts'
import type { ChainEvent, EventType } from '../types.ts'
import { time } from '../views/values.ts'

const EVENT_ID = /^\d{19}-\d{10}$/

export type EventFilter = {
  challenge?: number | undefined
  type?: EventType | undefined
  order: 'oldest' | 'newest'
  /** An event id; the page begins behind it. */
  cursor?: string | undefined
  limit: number
}

/** @throws ApiError `bad_request` for a cursor that is no event id. */
export async function readEvents(db: Kysely<Database>, filter: EventFilter): Promise<ChainEvent[]> {
  if (filter.cursor !== undefined && !EVENT_ID.test(filter.cursor)) {
    throw new ApiError('bad_request', 'The cursor of events is the id of an event.')
  }
  let query = db
    .selectFrom('events')
    .selectAll()
    .orderBy('id', filter.order === 'newest' ? 'desc' : 'asc')
    .limit(filter.limit)
  if (filter.cursor !== undefined) query = query.where('id', filter.order === 'newest' ? '<' : '>', filter.cursor)
  if (filter.challenge !== undefined) query = query.where('challenge', '=', String(filter.challenge))
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  return (await query.execute()).map(eventView)
}

export async function readTransaction(db: Kysely<Database>, hash: string): Promise<ChainEvent[]> {
  const rows = await db.selectFrom('events').selectAll().where('tx_hash', '=', hash).orderBy('id').limit(200).execute()
  return rows.map(eventView)
}

/** Where a stream begins that does not say where. */
export async function readLastEventId(db: Kysely<Database>): Promise<string> {
  const row = await db.selectFrom('sync').select('last_event').executeTakeFirst()
  return row?.last_event ?? ''
}

export function eventView(row: Selectable<EventsTable>): ChainEvent {
  const event = decodeEvent(row.topics, row.value)
  return {
    id: row.id,
    ledger: row.ledger,
    closedAt: time(row.closed_at),
    txHash: row.tx_hash,
    type: event?.type ?? 'unknown',
    challenge: row.challenge === null ? null : Number(row.challenge),
    data: event ? plainData(event) : { topics: row.topics, value: row.value },
  }
}

function plainData(event: ContractEvent): Record<string, unknown> {
  const { type: _, ...data } = event
  return JSON.parse(JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
}
