/** Events out of the archive. */
import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import { plainData } from '../../decode/plain.ts'
import type { Database, EventsTable } from '../../store/database.ts'
import { ANY_CHALLENGE, ANY_TYPE, boundSql } from '../../store/partitions.ts'
import { readShaped } from '../../store/shaped.ts'
import { inWindow, type Window, windowValues, withValues } from '../list/window.ts'
import type { ChainEvent, EventType } from '../types.ts'
import { LAST_SECOND, time } from '../views/values.ts'
import { countRows, directionOf, unseenNumber } from './queries.ts'

export type EventFilter = {
  challenge?: number | undefined
  type?: EventType | undefined
}

/** An event as the table has it. */
export type StoredEvent = Selectable<EventsTable>

/** What was not decoded when it was written: this version may know it. */
type Undecoded = Pick<StoredEvent, 'id' | 'ledger' | 'tx_hash' | 'type' | 'topics' | 'value'> & {
  closed_at: number
  challenge: number | null
}

/** As the API gives it, JSON; null: it has what that is made from. */
export type EventRow = { id: string; json: string | null; undecoded: Undecoded | null }

/**
 * The database writes the JSON: one text a row takes less to read than its columns. Of what is put between quotes, each is of letters,
 * digits and hyphens (`source/page.ts`, `decode/names.ts`).
 */
const JSON_SQL = sql<string | null>`case when data is not null then
  '{"id":"' || id || '","ledger":' || ledger || ',"closedAt":"'
  || to_char(to_timestamp(greatest(0, least(closed_at, ${sql.lit(LAST_SECOND)}))) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')
  || '","txHash":"' || tx_hash || '","type":"' || type || '","challenge":' || coalesce(challenge::text, 'null')
  || ',"data":' || data || '}' end`
const UNDECODED_SQL = sql<Undecoded | null>`case when data is null then json_build_object('id', id, 'ledger', ledger, 'closed_at', closed_at,
  'tx_hash', tx_hash, 'type', type, 'challenge', challenge, 'topics', topics, 'value', value) end`

function selectEvents(db: Kysely<Database>) {
  return db.selectFrom('events').select(['id', JSON_SQL.as('json'), UNDECODED_SQL.as('undecoded')])
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
    keyOf: ({ id }: EventRow) => [id],
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

export const eventView = (row: EventRow): ChainEvent => JSON.parse(eventJson(row))

export const eventJson = ({ json, undecoded }: EventRow): string => json ?? JSON.stringify(decodedNow(undecoded!))

/** Of the columns of an event. */
export function storedView({ data, topics, value, ...frame }: StoredEvent): ChainEvent {
  const { id, ledger, tx_hash, type } = frame
  const [closed_at, challenge] = [Number(frame.closed_at), frame.challenge === null ? null : Number(frame.challenge)]
  if (data === null) return decodedNow({ id, ledger, closed_at, tx_hash, type, challenge, topics, value })
  return {
    ...{ id, ledger, closedAt: time(closed_at), txHash: tx_hash, type: type as EventType, challenge },
    data: JSON.parse(data) as Record<string, unknown>,
  }
}

/** Of what was written by another version: as this one reads it, or as it came. */
function decodedNow({ id, ledger, closed_at, tx_hash, type, challenge, topics, value }: Undecoded): ChainEvent {
  const event = decodeEvent(topics, value)
  return {
    ...{ id, ledger, closedAt: time(closed_at), txHash: tx_hash, type: (event?.type ?? type) as EventType, challenge },
    data: event ? (JSON.parse(plainData(event)) as Record<string, unknown>) : { topics, value },
  }
}
