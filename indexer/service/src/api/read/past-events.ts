/**
 * Events of challenges whose past is asked for, decoded. They never change, and decoding them is nearly all that a replay costs: so
 * those of the challenges that were asked for last are kept.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import type { PlacedEvent } from '../../project/apply.ts'
import type { Database } from '../../store/database.ts'

/** Longer histories are not replayed for a visitor. */
const MOST_EVENTS = 5_000
/** Of all challenges together. */
const MOST_KEPT = 20_000
/** Decoded in one turn: a long history keeps nobody waiting. */
const AT_ONCE = 200

/** A challenge's events with an id below `end`, in their order; null: there are too many. */
export type PastEvents = (
  db: Kysely<Database>,
  challenge: string,
  end: string,
) => Promise<readonly PlacedEvent[] | null>

/** `event` is null where this version cannot read it. */
type Known = { id: string; placed: PlacedEvent | null }

export function createPastEvents(mostKept = MOST_KEPT): PastEvents {
  /** Those that were asked for last are last. */
  const kept = new Map<string, readonly Known[]>()

  function keep(challenge: string, events: readonly Known[]): void {
    kept.delete(challenge)
    kept.set(challenge, events)
    let size = [...kept.values()].reduce((sum, { length }) => sum + length, 0)
    for (const [oldest, { length }] of kept) {
      if (size <= mostKept) return
      kept.delete(oldest)
      size -= length
    }
  }

  return async (db, challenge, end) => {
    const { count, last } = await countUntil(db, challenge, end)
    if (count > MOST_EVENTS) return null
    const known = kept.get(challenge)
    // An event that came late to the index moves those behind it.
    const same = known !== undefined && known[count - 1]?.id === last
    const events = same ? known : await readUntil(db, challenge, end)
    if (events.length > 0) keep(challenge, events)
    return events.slice(0, count).flatMap(({ placed }) => placed ?? [])
  }
}

async function countUntil(db: Kysely<Database>, challenge: string, end: string) {
  const { rows } = await sql<{ count: number; last: string | null }>`
    select count(*)::int as count, max(id) as last
    from (select id from events where challenge = ${challenge}::bigint and id < ${end} order by id limit ${MOST_EVENTS + 1}) e`.execute(
    db,
  )
  return rows[0]!
}

async function readUntil(db: Kysely<Database>, challenge: string, end: string): Promise<Known[]> {
  const rows = await db
    .selectFrom('events')
    .select(['id', 'ledger', 'closed_at', 'tx_hash', 'topics', 'value'])
    .where('challenge', '=', challenge)
    .where('id', '<', end)
    .orderBy('id')
    .execute()
  const events: Known[] = []
  for (const { id, ledger, closed_at, tx_hash, topics, value } of rows) {
    if (events.length % AT_ONCE === AT_ONCE - 1) await endOfTurn()
    const event = decodeEvent(topics, value)
    const place = { id, ledger, closedAt: Number(closed_at), txHash: tx_hash }
    events.push({ id, placed: event && { event, place } })
  }
  return events
}
