/** One page of ledgers, one transaction: raw events, projections and progress are written together or not at all. */
import type { ClientBase } from 'pg'
import { challengeOf } from '../decode/decode.ts'
import { applyEvent, type PlacedEvent } from '../project/apply.ts'
import { boardOf, placesOf, rankingOf } from '../project/lists.ts'
import type { ChallengeRow } from '../project/model.ts'
import { MissingError, type World } from '../project/world.ts'
import type { Gap } from '../source/items.ts'
import type { Page, PageEvent } from '../source/page.ts'
import { archiveWrites } from './archive.ts'
import { copy, upsert, type Write, writeInTurn } from './bulk.ts'
import { CHANNEL } from './channel.ts'
import { loadWorld } from './load.ts'
import { makePartitions } from './partitions.ts'
import {
  BADGES,
  BEST_SCORES,
  BURNS,
  CHALLENGES,
  CLAIMS,
  EPOCH_VOTES,
  FOLDS,
  ORACLE_KEYS,
  PAYMENTS,
  PLACES,
  RANKINGS,
  RECOUNT_OPENINGS,
  RECOUNTS,
  REVEALS,
  SEATS,
  type SeatRow,
  SHARES,
  SUBMISSIONS,
  VOTES,
} from './tables.ts'

/** What is known of a challenge is not to be believed from now on; why it was not before, and since when, stands. */
export const SET_APART = `insert into incomplete (challenge, state, reason, detail, since) values ($1, 'partial', $2, $3, $4)
  on conflict (challenge) do update set state = 'partial', as_of = null, since = least(incomplete.since, excluded.since),
    reason = case when incomplete.state = 'partial' then incomplete.reason else excluded.reason end,
    detail = case when incomplete.state = 'partial' then incomplete.detail else excluded.detail end`

export type Progress = {
  cursor: string
  lastEvent: string
  ledger: number
  /** Challenges whose events are not projected any more, because some are missing. */
  apart: Set<number>
}

export type CommitOptions = {
  /** Accept that events are missing: set the challenges apart whose events do not add up, instead of refusing the page. */
  acceptMissing: boolean
}

/**
 * Writes a page after whatever is written already: events that are known are dropped, so a page may come twice.
 * @throws MissingError when events before it are missing and that is not accepted; nothing is written then.
 */
export async function commitPage(client: ClientBase, page: Page, options: CommitOptions): Promise<Progress> {
  if (page.events.length === 0) return moveOn(client, page)
  return transaction(client, async () => {
    const progress = await lockProgress(client)
    const events = page.events.filter((event) => event.id > progress.lastEvent)
    const next: Progress = {
      cursor: later(page.cursor, progress.cursor),
      lastEvent: events.at(-1)?.id ?? progress.lastEvent,
      ledger: Math.max(page.through, progress.ledger),
      apart: progress.apart,
    }
    const world = await project(client, events, progress, options)
    await makePartitions(client, new Set(events.map(({ ledger }) => ledger)))
    await writeInTurn([...archiveWrites(client, events), ...worldWrites(client, world)])
    await saveProgress(client, next, page.throughClosedAt, events)
    if (events.length > 0 || next.ledger > progress.ledger) {
      await client.query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [CHANNEL, String(next.ledger)] })
    }
    return next
  })
}

/** Most ledgers have no event of ours: one statement for them, where a page with events takes a transaction of many. */
async function moveOn(client: ClientBase, page: Page): Promise<Progress> {
  const { rows } = await client.query({
    name: 'move on',
    text: `with before as (select ledger from sync for update), moved as (
        update sync set cursor = greatest(cursor collate "C", $1), ledger = greatest(sync.ledger, $2::int),
          ledger_closed_at = ${closedAtWhere('sync.ledger < $2::int', '$3::bigint')}
        from before returning sync.*, before.ledger as earlier
      )
      select moved.*, ${APART},
        case when ledger > earlier then pg_notify($4, ledger::text) end from moved`,
    values: [page.cursor, page.through, page.throughClosedAt, CHANNEL],
  })
  return progressOf(rows)
}

async function saveProgress(
  client: ClientBase,
  next: Progress,
  closedAt: number,
  events: readonly PageEvent[],
): Promise<void> {
  const undecoded = events.filter((event) => event.decoded === null).length
  await client.query({
    name: 'progress',
    text: `update sync set cursor = $1, last_event = $2, ledger = $3, undecoded = undecoded + $5, events = events + $6,
      ledger_closed_at = ${closedAtWhere('ledger < $3', '$4')}`,
    values: [next.cursor, next.lastEvent, next.ledger, closedAt, undecoded, events.length],
  })
}

/** The close time of the newest ledger: it never goes back. */
const closedAtWhere = (moves: string, closedAt: string): string =>
  `case when ${moves} or ledger_closed_at = 0 then greatest(${closedAt}, ledger_closed_at) else ledger_closed_at end`

/** Cursors and event ids sort as text. */
const later = (one: string, other: string): string => [one, other].sort()[1]!

/** Notes ledgers that cannot be had and goes on behind them. */
export async function commitGap(client: ClientBase, gap: Gap): Promise<Progress> {
  return transaction(client, async () => {
    const progress = await lockProgress(client)
    const from = Math.max(gap.from, progress.ledger + 1)
    if (from > gap.to) return progress
    await client.query('insert into gaps values ($1, $2, $3) on conflict do nothing', [from, gap.to, gap.reason])
    await client.query("update sync set cursor = '', ledger = $1, verified_ledger = null, records_verified = null", [
      gap.to,
    ])
    // Whatever existed may have changed meanwhile: until it is compared with the contract, nothing of it is known.
    await client.query(
      `insert into incomplete (challenge, state, reason, detail, since) select id, 'partial', 'gap', $1, $2 from challenges
      on conflict (challenge) do update set state = 'partial', as_of = null`,
      [`The events of ledgers ${from} to ${gap.to} are lost.`, from],
    )
    return { ...progress, cursor: '', ledger: gap.to }
  })
}

export async function lockProgress(client: ClientBase): Promise<Progress> {
  const { rows } = await client.query({
    name: 'lock',
    text: `select s.*, ${APART} from sync s for update`,
  })
  return progressOf(rows)
}

const APART = "array(select challenge::float8 from incomplete where state = 'partial') as apart"

function progressOf(rows: unknown[]): Progress {
  const [row] = rows as { cursor: string; last_event: string; ledger: number; apart: number[] }[]
  if (!row) throw new Error('this database has no progress row yet')
  return { cursor: row.cursor, lastEvent: row.last_event, ledger: row.ledger, apart: new Set(row.apart) }
}

/** Applies what adds up. A challenge with missing events is set apart for good: half a history is not shown as a whole one. */
async function project(
  client: ClientBase,
  page: readonly PageEvent[],
  { apart }: Progress,
  options: CommitOptions,
): Promise<World> {
  const events = page.flatMap((place) => (place.decoded ? [{ place, event: place.decoded }] : []))
  for (;;) {
    const left = events.filter(({ event }) => !apart.has(challengeOf(event) ?? NONE))
    const world = await loadWorld(client, left)
    const broken = tryAll(world, left, options)
    if (broken === null) return world
    apart.add(broken.challenge)
    await client.query(SET_APART, [broken.challenge, 'missing_events', broken.detail, broken.since])
  }
}

/** No challenge has this number. */
const NONE = 0

function tryAll(world: World, events: readonly PlacedEvent[], options: CommitOptions) {
  for (const event of events) {
    try {
      applyEvent(world, event)
    } catch (error) {
      const challenge = challengeOf(event.event)
      if (!(error instanceof MissingError) || !options.acceptMissing || challenge === undefined) throw error
      return { challenge, since: event.place.ledger, detail: error.message }
    }
  }
  return null
}

export function worldWrites(client: ClientBase, world: World): Write[] {
  const challenges = [...world.changedChallenges]
  const { submissionChanges, voteChanges, rankingChanges, epochVoteChanges } = world
  const replaced = [...world.changedPlaces]
  return [
    copy(client, SUBMISSIONS, submissionChanges.fresh),
    copy(client, VOTES, voteChanges.fresh),
    copy(client, PAYMENTS, world.newPayments),
    copy(client, RANKINGS, rankingChanges.fresh),
    copy(client, EPOCH_VOTES, epochVoteChanges.fresh),
    copy(client, CLAIMS, world.newClaims),
    copy(client, SHARES, world.newShares),
    copy(client, BEST_SCORES, world.newBestScores),
    upsert(client, FOLDS, world.newFolds),
    upsert(client, BADGES, world.newBadges),
    upsert(client, BURNS, world.newBurns),
    upsert(client, RECOUNT_OPENINGS, world.newRecountOpenings),
    upsert(client, RECOUNTS, world.newRecounts),
    upsert(client, CHALLENGES, challenges),
    upsert(client, SEATS, challenges.flatMap(seatRows)),
    upsert(client, SUBMISSIONS, [...submissionChanges.changed]),
    upsert(client, VOTES, [...voteChanges.changed]),
    upsert(client, RANKINGS, [...rankingChanges.changed]),
    upsert(client, EPOCH_VOTES, [...epochVoteChanges.changed]),
    upsert(client, ORACLE_KEYS, world.newKeys),
    upsert(client, REVEALS, world.newReveals),
    upsert(client, PLACES, replaced.flatMap(placesOf)),
    shorterLists(client, replaced),
    { prepare: () => () => wantEnrichment(client, world.newChallenges) },
  ]
}

async function wantEnrichment(client: ClientBase, challenges: readonly ChallengeRow[]): Promise<void> {
  if (challenges.length === 0) return
  const want = (table: string, key: string, values: string[]) =>
    client.query(`insert into ${table} (${key}, state) select unnest($1::text[]), 'waiting' on conflict do nothing`, [
      [...new Set(values)],
    ])
  await want(
    'manifests',
    'cid',
    challenges.map((challenge) => challenge.terms.manifest),
  )
  await want(
    'assets',
    'contract',
    challenges.map((challenge) => challenge.terms.token),
  )
}

/** A ranking may have fewer places than the one that it replaces. */
function shorterLists(client: ClientBase, challenges: readonly ChallengeRow[]): Write {
  const ends = challenges.flatMap(({ id, facts }) => [
    { id, list: 'board', places: boardOf(facts).length },
    { id, list: 'ranking', places: rankingOf(facts).length },
  ])
  return {
    prepare: () =>
      ends.length === 0
        ? null
        : () =>
            client.query({
              name: 'shorter lists',
              text: `delete from places p using unnest($1::bigint[], $2::text[], $3::int[]) as e (challenge, list, places)
                where p.challenge = e.challenge and p.list = e.list and p.place >= e.places`,
              values: [ends.map(({ id }) => id), ends.map(({ list }) => list), ends.map(({ places }) => places)],
            }),
  }
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
