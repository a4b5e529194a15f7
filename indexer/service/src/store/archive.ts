/** Events as they were kept, read again. */
import type { ClientBase } from 'pg'
import { decodeEvent } from '../decode/decode.ts'
import { plainData } from '../decode/plain.ts'
import type { PageEvent } from '../source/page.ts'
import { copy, type Write, writeInTurn } from './bulk.ts'
import { ANY_CHALLENGE, ANY_TYPE, makePartitions, partOf } from './partitions.ts'
import { EVENTS, type RawEvent } from './tables.ts'

type ArchiveRow = { id: string; ledger: number; closed_at: string; tx_hash: string; topics: string[]; value: string }

const COLUMNS = 'id, ledger, closed_at, tx_hash, topics, value'

/** All of one challenge, in their order. */
export async function readHistory(client: ClientBase, challenge: number): Promise<PageEvent[]> {
  const { rows } = await client.query({
    name: 'read history',
    text: `select ${COLUMNS} from events where challenge = $1 order by id`,
    values: [challenge],
  })
  return (rows as ArchiveRow[]).map(readArchive)
}

/** Those that belong to no challenge: registrations of oracles, and what became of badges. */
export async function readRegistrations(client: ClientBase): Promise<PageEvent[]> {
  const { rows } = await client.query(
    `select ${COLUMNS} from events where type in ('oracle_registered', 'mint', 'burn') order by id`,
  )
  return (rows as ArchiveRow[]).map(readArchive)
}

function readArchive(row: ArchiveRow): PageEvent {
  const { id, ledger, topics, value } = row
  const decoded = decodeEvent(topics, value)
  return { id, ledger, closedAt: Number(row.closed_at), txHash: row.tx_hash, topics, value, decoded }
}

function rawEvent(event: PageEvent): RawEvent {
  const { decoded } = event
  const challenge = decoded && 'challenge' in decoded ? decoded.challenge : null
  return { ...event, type: decoded?.type ?? 'unknown', challenge, data: decoded && plainData(decoded) }
}

/** Events that are not there yet, whose partitions are. */
export function archiveWrites(client: ClientBase, events: readonly PageEvent[]): Write[] {
  const rows = events.map(rawEvent)
  return [copy(client, EVENTS, rows), noteParts(client, rows)]
}

/** Where there are events of each challenge, of each type, and of each type in a challenge; see the migration of `event_parts`. */
function noteParts(client: ClientBase, events: readonly RawEvent[]): Write {
  return {
    prepare() {
      const found = new Map<string, [challenge: number, type: string, part: number]>()
      const note = (challenge: number, type: string, part: number) =>
        found.set(`${challenge} ${type} ${part}`, [challenge, type, part])
      for (const { challenge, type, ledger } of events) {
        const part = partOf(ledger)
        note(ANY_CHALLENGE, type, part)
        if (challenge === null) continue
        note(challenge, ANY_TYPE, part)
        note(challenge, type, part)
      }
      if (found.size === 0) return null
      const values = ([0, 1, 2] as const).map((column) => [...found.values()].map((row) => row[column]))
      return () =>
        client.query({
          name: 'event parts',
          text: `insert into event_parts (challenge, type, part)
            select * from unnest($1::bigint[], $2::text[], $3::int[]) on conflict do nothing`,
          values,
        })
    },
  }
}

/** Puts events that were left out where they belong. @returns those that were not there */
export async function addToArchive(client: ClientBase, events: readonly PageEvent[]): Promise<PageEvent[]> {
  if (events.length === 0) return []
  const { rows } = await client.query('select id from events where id = any($1)', [events.map(({ id }) => id)])
  const known = new Set((rows as { id: string }[]).map(({ id }) => id))
  const fresh = events.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return []
  await makePartitions(client, new Set(fresh.map(({ ledger }) => ledger)))
  await writeInTurn(archiveWrites(client, fresh))
  // Cursors of webhooks have passed them.
  await client.query(
    `insert into webhooks.late (event)
      select id from unnest($1::text[]) id, sync s where id <= s.last_event and exists (select from webhooks.endpoints) order by id`,
    [fresh.map(({ id }) => id)],
  )
  await client.query('update sync set events = events + $1, undecoded = undecoded + $2', [
    fresh.length,
    fresh.filter(({ decoded }) => decoded === null).length,
  ])
  return fresh
}
