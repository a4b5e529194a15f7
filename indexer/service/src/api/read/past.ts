/** A challenge as it was at an earlier ledger: its events up to then, projected anew. */
import { type Kysely, sql } from 'kysely'
import { decodeEvent } from '../../decode/decode.ts'
import { applyEvents } from '../../project/apply.ts'
import type { ChallengeRow, SubmissionRow } from '../../project/model.ts'
import { MissingError, type World } from '../../project/world.ts'
import type { Database } from '../../store/database.ts'
import { BOARDS, CHALLENGES, EPOCH_VOTES, RANKINGS, REVEALS, SEATS, type Table } from '../../store/tables.ts'
import { ApiError } from '../problem.ts'
import type { BoardSql } from './boards.ts'
import { type ChallengeSql, stateSql } from './challenges.ts'
import type { LeaderSql } from './leaderboard.ts'
import type { ChallengeParts } from './parts.ts'

/** Longer histories are not replayed for a visitor. */
const MOST_EVENTS = 5_000

export type Past = { row: ChallengeSql; parts: ChallengeParts; leaders: LeaderSql[] }

/** @throws ApiError `not_found` before its creation, `bad_request` for what would take too long. */
export async function readPast(db: Kysely<Database>, current: ChallengeSql, ledger: number): Promise<Past> {
  const end = `${((BigInt(ledger) + 1n) << 32n).toString().padStart(19, '0')}-0000000000`
  const events = db.selectFrom('events').where('id', '<', end)
  const [own, last] = await Promise.all([
    events
      .selectAll()
      .where('challenge', '=', current.id)
      .orderBy('id')
      .limit(MOST_EVENTS + 1)
      .execute(),
    events.select('closed_at').orderBy('id', 'desc').limit(1).executeTakeFirst(),
  ])
  if (own.length === 0) throw new ApiError('not_found', `There was no challenge ${current.id} at ledger ${ledger}.`)
  if (own.length > MOST_EVENTS) {
    throw new ApiError('bad_request', `Challenge ${current.id} has too many events to be shown at an earlier ledger.`)
  }
  const placed = own.flatMap(({ id, ledger, closed_at, tx_hash, topics, value }) => {
    const event = decodeEvent(topics, value)
    return event ? [{ event, place: { id, ledger, closedAt: Number(closed_at), txHash: tx_hash } }] : []
  })
  const world = replay(placed)
  const [challenge] = world.challenges.values()
  const changed = sqlRow(CHALLENGES, challenge!)
  const now = Number(last?.closed_at ?? 0)
  const state = await sql<Pick<ChallengeSql, 'state'>>`
    select ${stateSql(now)} as state from json_populate_record(null::challenges, ${JSON.stringify(changed)}::json) c`.execute(
    db,
  )
  const row = { ...current, ...changed, ...state.rows[0] } as ChallengeSql
  return { row, parts: partsOf(world, challenge!), leaders: leadersOf(world, challenge!, row) }
}

function replay(events: Parameters<typeof applyEvents>[0]): World {
  try {
    return applyEvents(events)
  } catch (error) {
    if (!(error instanceof MissingError)) throw error
    throw new ApiError('not_found', 'Events of this challenge are missing, so its past cannot be shown.')
  }
}

/** A row as the database would give it. */
function sqlRow<Row>(table: Table<Row>, row: Row): Record<string, unknown> {
  return Object.fromEntries(table.columns.map(([name, type, read]) => [name, sqlValue(type, read(row))]))
}

function sqlValue(type: string, value: unknown): unknown {
  if (type === 'json') return JSON.parse(String(value))
  return value !== null && (type === 'bigint' || type === 'numeric') ? String(value) : value
}

function partsOf(world: World, challenge: ChallengeRow): ChallengeParts {
  const { id, seats, board, epochs, terms } = challenge
  const submissions = [...world.submissions.values()]
  const flags = new Map(submissions.map((one) => [one.number, one.flags]))
  const sum = (units: (one: SubmissionRow) => number) => submissions.reduce((total, one) => total + units(one), 0)
  const parts = {
    seats: seats.map((seat, place) => sqlRow(SEATS, { ...seat, challenge: id, place })),
    reveals: world.newReveals.map((reveal) => sqlRow(REVEALS, reveal)),
    board: board.map(
      (one, place): Partial<BoardSql> => ({
        ...sqlRow(BOARDS, { ...one, challenge: id, place }),
        flags: flags.get(one.number) ?? null,
      }),
    ),
    rankings: world.newRankings.map((ranking) => sqlRow(RANKINGS, ranking)),
    votes: world.newEpochVotes.filter((vote) => vote.epoch > epochs).map((vote) => sqlRow(EPOCH_VOTES, vote)),
    units: {
      submitted: sum((one) => one.units),
      accepted: sum((one) => (one.verdict === 'scored' ? one.acceptedUnits : 0)),
      pending: sum((one) => (one.verdict === 'pending' ? one.units : 0)),
    },
  }
  return { ...(parts as unknown as ChallengeParts), units: terms.payout.rule === 'per_unit' ? parts.units : null }
}

/** The best scored submission of each solver, ranked as `readLeaderboard` ranks them. */
function leadersOf(world: World, challenge: ChallengeRow, row: ChallengeSql): LeaderSql[] {
  const submissions = [...world.submissions.values()]
  const places = new Map(challenge.board.map((one, place) => [one.number, { place, score: one.score }]))
  const sign = challenge.terms.direction === 'maximize' ? -1 : 1
  const order = (one: SubmissionRow, other: SubmissionRow): number => {
    const [mine, theirs] = [places.get(one.number)?.place, places.get(other.number)?.place]
    if (challenge.ranking === 'posted' && mine !== theirs) return (mine ?? Infinity) - (theirs ?? Infinity)
    if (one.score !== other.score) return one.score > other.score ? sign : -sign
    return one.number - other.number
  }
  const best = new Map<string, SubmissionRow>()
  for (const one of submissions.filter(({ verdict }) => verdict === 'scored').sort(order)) {
    if (!best.has(one.solver)) best.set(one.solver, one)
  }
  return [...best.values()].map((one, index) => {
    const own = submissions.filter(({ solver }) => solver === one.solver)
    const paid = world.newPayments.filter(({ solver }) => solver === one.solver)
    const place = places.get(one.number)
    return {
      rank: String(index + 1),
      solver: one.solver,
      number: String(one.number),
      attempt: String(one.attempt),
      score: String(one.score),
      submitted_at: String(one.submittedAt),
      threshold: row.threshold,
      direction: row.direction,
      attempts: String(own.length),
      place: place?.place ?? null,
      board_score: place ? String(place.score) : null,
      won: own.some(({ prize }) => prize > 0n),
      paid: String(paid.reduce((sum, { prize, silence }) => sum + prize + silence, 0n)),
    }
  })
}
