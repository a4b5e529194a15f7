/** Events out of the archive. */
import { type Kysely, type Selectable, sql } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import { plainData } from '../../decode/plain.ts'
import type { Database, EventsTable } from '../../store/database.ts'
import { readShaped } from '../../store/shaped.ts'
import { inWindow, type Window, windowValues, withValues } from '../list/window.ts'
import type { ChainEvent, EventType } from '../types.ts'
import { time } from '../views/values.ts'
import { countRows, directionOf, unseenNumber } from './queries.ts'

export type EventFilter = {
  challenge?: number | undefined
  type?: EventType | undefined
}

/** An event with what it was decoded from, where it is not decoded. */
export type EventRow = Omit<Selectable<EventsTable>, 'topics' | 'value'> & {
  topics: string[] | null
  value: string | null
}

/** What was decoded when it was written is not read in its other form as well, which is the larger part of a row. */
export function selectEvents(db: Kysely<Database>) {
  return db
    .selectFrom('events')
    .select(['id', 'ledger', 'closed_at', 'tx_hash', 'type', 'challenge', 'data'])
    .select(sql<string[] | null>`case when data is null then topics end`.as('topics'))
    .select(sql<string | null>`case when data is null then value end`.as('value'))
}

export function eventList(
  db: Kysely<Database>,
  { challenge, type, order }: EventFilter & { order: 'oldest' | 'newest' },
) {
  const filter = { challenge: challenge === undefined ? undefined : String(challenge), type }
  const filtered = (by: typeof filter) => {
    let query = selectEvents(db)
    if (by.challenge !== undefined) query = query.where('challenge', '=', unseenNumber(by.challenge))
    if (by.type !== undefined) query = query.where('type', '=', by.type)
    return query
  }
  return {
    order,
    rows: (window: Window): Promise<EventRow[]> =>
      readShaped(db, `events ${order} ${window.back}`, { ...filter, ...windowValues(window) }, (by) =>
        inWindow(filtered(by), [['id', 'text']], directionOf(order), withValues(window, by)),
      ),
    keyOf: (row: EventRow) => [row.id],
    show: async (rows: EventRow[]) => rows.map(eventView),
    json: (rows: EventRow[]) => `[${rows.map(eventJson).join()}]`,
    count: () => countRows(filtered(filter)),
  }
}

export async function readTransaction(db: Kysely<Database>, hash: string): Promise<ChainEvent[]> {
  const rows = await selectEvents(db).where('tx_hash', '=', hash).orderBy('id').limit(200).execute()
  return rows.map(eventView)
}

/** Where a stream begins that does not say where. */
export async function readLastEventId(db: Kysely<Database>): Promise<string> {
  const row = await db.selectFrom('sync').select('last_event').executeTakeFirst()
  return row?.last_event ?? ''
}

export function eventView(row: EventRow): ChainEvent {
  const { data, ...frame } = partsOf(row)
  return { ...frame, data: JSON.parse(data) as Record<string, unknown> }
}

/** The same as JSON, without reading what is JSON already. */
export function eventJson(row: EventRow): string {
  const { data, ...frame } = partsOf(row)
  return `${JSON.stringify(frame).slice(0, -1)},"data":${data}}`
}

function partsOf(row: EventRow) {
  const { type, data } = row.data === null ? decodedNow(row) : { type: row.type, data: row.data }
  return {
    id: row.id,
    ledger: row.ledger,
    closedAt: time(row.closed_at),
    txHash: row.tx_hash,
    type: type as EventType,
    challenge: row.challenge === null ? null : Number(row.challenge),
    data,
  }
}

/** Of what was written by another version: as this one reads it, or as it came. */
function decodedNow({ type, topics, value }: EventRow): { type: string; data: string } {
  const event = topics && value !== null ? decodeEvent(topics, value) : null
  return event ? { type: event.type, data: plainData(event) } : { type, data: JSON.stringify({ topics, value }) }
}
