/** Events out of the archive. */
import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import { plainData } from '../../decode/plain.ts'
import type { Database, EventsTable } from '../../store/database.ts'
import { ANY_CHALLENGE, ANY_TYPE, boundSql } from '../../store/partitions.ts'
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
  const paged = (by: typeof filter, window: Window) => {
    const found = inWindow(filtered(by), BY_ID, directionOf(order), window)
    return by.challenge === undefined && by.type === undefined ? found : inParts(db, by, found, order, window)
  }
  return {
    order,
    rows: (window: Window): Promise<EventRow[]> =>
      readShaped(db, `events ${order} ${window.back}`, { ...filter, ...windowValues(window) }, (by) =>
        paged(by, withValues(window, by)),
      ),
    keyOf: (row: EventRow) => [row.id],
    show: async (rows: EventRow[]) => rows.map(eventView),
    json: (rows: EventRow[]) => `[${rows.map(eventJson).join()}]`,
    count: () => countRows(filtered(filter)),
  }
}

const BY_ID = [['id', 'text']] as const

/** The partitions that have what is asked for, one after the other until a page of them is full: others are not looked into. */
function inParts(
  db: Kysely<Database>,
  { challenge, type }: { challenge?: string | undefined; type?: string | undefined },
  rows: ReturnType<typeof selectEvents>,
  order: 'oldest' | 'newest',
  { after, back, limit }: Window,
) {
  const up = (order === 'oldest') !== back
  const [begin, end] = [boundSql('part'), boundSql('(part + 1)')]
  let parts = db
    .selectFrom('event_parts')
    .select(['part', sql.raw<string>(begin).as('begins'), sql.raw<string>(end).as('ends')])
    .where('challenge', '=', sql<string>`${challenge ?? ANY_CHALLENGE}::bigint`)
    .where('type', '=', sql<string>`${type ?? ANY_TYPE}::text`)
    .orderBy('part', up ? 'asc' : 'desc')
  // What is behind the position is in its own part or behind it.
  if (after)
    parts = parts.where(
      up ? sql<SqlBool>`${sql.raw(end)} > ${after[0]}::text` : sql<SqlBool>`${sql.raw(begin)} < ${after[0]}::text`,
    )
  const within = rows.where(sql<SqlBool>`id >= p.begins and id < p.ends`)
  return db
    .selectFrom(parts.as('p'))
    .innerJoinLateral(within.as('e'), (join) => join.onTrue())
    .selectAll('e')
    .orderBy('p.part', up ? 'asc' : 'desc')
    .orderBy('e.id', up ? 'asc' : 'desc')
    .limit(limit)
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
