/** One page of ledgers, one transaction: raw events, projections and progress are written together or not at all. */
import type { ClientBase } from 'pg'
import { decodeEvent } from '../decode/decode.ts'
import { applyEvent, type PlacedEvent } from '../project/apply.ts'
import { MissingError, type World } from '../project/world.ts'
import type { Page, SourceEvent } from '../source/page.ts'
import type { Gap } from '../source/pages.ts'
import { copyRows, upsertRows } from './bulk.ts'
import { loadWorld } from './load.ts'
import {
  CHALLENGES,
  EVENTS,
  ORACLE_KEYS,
  PAYMENTS,
  type RawEvent,
  REVEALS,
  SEATS,
  type SeatRow,
  SUBMISSIONS,
  VOTES,
} from './tables.ts'

export const CHANNEL = 'stellartrain_ledger'

export type Progress = { cursor: string; lastEvent: string; ledger: number }

export type CommitOptions = {
  /** Accept that events are missing: set the challenges apart whose events do not add up, instead of refusing the page. */
  acceptMissing: boolean
}

/**
 * Writes a page after whatever is written already: events that are known are dropped, so a page may come twice.
 * @throws MissingError when events before it are missing and that is not accepted; nothing is written then.
 */
export async function commitPage(client: ClientBase, page: Page, options: CommitOptions): Promise<Progress> {
  return transaction(client, async () => {
    const progress = await lockProgress(client)
    const events = page.events.filter((event) => event.id > progress.lastEvent)
    const rows = await project(client, events, options)
    await copyRows(client, EVENTS, rows.raw)
    const next: Progress = {
      cursor: later(page.cursor, progress.cursor),
      lastEvent: events.at(-1)?.id ?? progress.lastEvent,
      ledger: Math.max(page.through, progress.ledger),
    }
    await client.query({
      name: 'progress',
      text: `update sync set cursor = $1, last_event = $2, ledger = $3, undecoded = undecoded + $5,
        ledger_closed_at = case when $3 > ledger or ledger_closed_at = 0 then greatest($4, ledger_closed_at)
          else ledger_closed_at end`,
      values: [next.cursor, next.lastEvent, next.ledger, page.throughClosedAt, rows.undecoded],
    })
    if (events.length > 0 || next.ledger > progress.ledger) {
      await client.query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [CHANNEL, String(next.ledger)] })
    }
    return next
  })
}

/** Cursors and event ids sort as text. */
const later = (one: string, other: string): string => [one, other].sort()[1]!

/** Notes ledgers that cannot be had and goes on behind them. */
export async function commitGap(client: ClientBase, gap: Gap): Promise<Progress> {
  return transaction(client, async () => {
    const progress = await lockProgress(client)
    const from = Math.max(gap.from, progress.ledger + 1)
    if (from > gap.to) return progress
    await client.query('insert into gaps values ($1, $2, $3) on conflict do nothing', [from, gap.to, gap.reason])
    await client.query("update sync set cursor = '', ledger = $1", [gap.to])
    return { ...progress, cursor: '', ledger: gap.to }
  })
}

/** Replays events that are in the archive already. */
export async function projectAgain(client: ClientBase, events: readonly SourceEvent[]): Promise<void> {
  await project(client, events, { acceptMissing: true })
}

async function lockProgress(client: ClientBase): Promise<Progress> {
  const { rows } = await client.query({ name: 'lock', text: 'select * from sync for update' })
  const [row] = rows as { cursor: string; last_event: string; ledger: number }[]
  if (!row) throw new Error('this database has no progress row yet')
  return { cursor: row.cursor, lastEvent: row.last_event, ledger: row.ledger }
}

async function project(client: ClientBase, events: readonly SourceEvent[], options: CommitOptions) {
  const decoded = events.map((event) => ({ event, decoded: decodeEvent(event.topics, event.value) }))
  const raw = decoded.map(
    ({ event, decoded }): RawEvent => ({
      ...event,
      type: decoded?.type ?? 'unknown',
      challenge: decoded && 'challenge' in decoded ? decoded.challenge : null,
    }),
  )
  const placed = decoded.flatMap(({ event, decoded }) => (decoded ? [{ place: event, event: decoded }] : []))
  if (placed.length > 0) await saveWorld(client, await apply(client, placed, options))
  return { raw, undecoded: events.length - placed.length }
}

/** Applies what adds up. A challenge with missing events is set apart for good: half a history is not shown as a whole one. */
async function apply(client: ClientBase, events: readonly PlacedEvent[], options: CommitOptions): Promise<World> {
  const { rows } = await client.query({ name: 'incomplete', text: 'select challenge from incomplete' })
  const apart = new Set((rows as { challenge: string }[]).map((row) => Number(row.challenge)))
  for (;;) {
    const left = events.filter(({ event }) => !('challenge' in event && apart.has(event.challenge)))
    const world = await loadWorld(client, left)
    const broken = tryAll(world, left, options)
    if (broken === null) return world
    apart.add(broken.challenge)
    await client.query('insert into incomplete values ($1, $2) on conflict do nothing', [
      broken.challenge,
      broken.since,
    ])
  }
}

function tryAll(world: World, events: readonly PlacedEvent[], options: CommitOptions) {
  for (const event of events) {
    try {
      applyEvent(world, event)
    } catch (error) {
      if (!(error instanceof MissingError) || !options.acceptMissing || !('challenge' in event.event)) throw error
      return { challenge: event.event.challenge, since: event.place.id }
    }
  }
  return null
}

async function saveWorld(client: ClientBase, world: World): Promise<void> {
  const challenges = [...world.changedChallenges]
  await upsertRows(client, CHALLENGES, challenges)
  await upsertRows(client, SEATS, challenges.flatMap(seatRows))
  await copyRows(client, SUBMISSIONS, world.newSubmissions)
  await upsertRows(client, SUBMISSIONS, [...world.changedSubmissions])
  await copyRows(client, VOTES, world.newVotes)
  await upsertRows(client, PAYMENTS, world.newPayments)
  await upsertRows(client, ORACLE_KEYS, world.newKeys)
  await upsertRows(client, REVEALS, world.newReveals)
  await client.query({
    name: 'wanted manifests',
    text: "insert into manifests (cid, state) select unnest($1::text[]), 'waiting' on conflict do nothing",
    values: [[...new Set(challenges.map((challenge) => challenge.terms.manifest))]],
  })
  await client.query({
    name: 'wanted assets',
    text: "insert into assets (contract, state) select unnest($1::text[]), 'waiting' on conflict do nothing",
    values: [[...new Set(challenges.map((challenge) => challenge.terms.token))]],
  })
}

function seatRows(challenge: { id: number; seats: Omit<SeatRow, 'challenge' | 'place'>[] }): SeatRow[] {
  return challenge.seats.map((seat, place) => ({ ...seat, challenge: challenge.id, place }))
}

export async function transaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
