/** Events as they were kept, read again. */
import type { ClientBase } from 'pg'
import { decodeEvent } from '../decode/decode.ts'
import { plainData } from '../decode/plain.ts'
import type { PageEvent } from '../source/page.ts'
import { copy, writeInTurn } from './bulk.ts'
import { makePartitions } from './partitions.ts'
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

export function rawEvent(event: PageEvent): RawEvent {
  const { decoded } = event
  const challenge = decoded && 'challenge' in decoded ? decoded.challenge : null
  return { ...event, type: decoded?.type ?? 'unknown', challenge, data: decoded && plainData(decoded) }
}

/** Puts events that were left out where they belong. @returns those that were not there */
export async function addToArchive(client: ClientBase, events: readonly PageEvent[]): Promise<PageEvent[]> {
  if (events.length === 0) return []
  const { rows } = await client.query('select id from events where id = any($1)', [events.map(({ id }) => id)])
  const known = new Set((rows as { id: string }[]).map(({ id }) => id))
  const fresh = events.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return []
  await makePartitions(client, new Set(fresh.map(({ ledger }) => ledger)))
  await writeInTurn([copy(client, EVENTS, fresh.map(rawEvent))])
  await client.query('update sync set events = events + $1, undecoded = undecoded + $2', [
    fresh.length,
    fresh.filter(({ decoded }) => decoded === null).length,
  ])
  return fresh
}
