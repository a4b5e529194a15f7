/** Challenges out of the tables: a page by filters and order, or some by their ids. */
import type { Phase } from '@stellartrain/contracts-client/rules'
import { type ExpressionBuilder, type Kysely, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { ChallengeRow } from '../../project/model.ts'
import type { Database } from '../../store/database.ts'
import { byChallenge } from '../../store/load.ts'
import { readChallenge } from '../../store/read.ts'
import { page, readCursor } from '../cursor.ts'
import type { Rule } from '../types.ts'
import { phaseSql } from './phase.ts'

export function selectChallenges(db: Kysely<Database>) {
  return db
    .selectFrom('challenges as c')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .leftJoin('manifests as m', (join) => join.onRef('m.cid', '=', 'c.manifest').on('m.state', '=', 'known'))
    .selectAll('c')
    .select([
      'a.code as asset_code',
      'a.issuer as asset_issuer',
      'a.native as asset_native',
      'a.decimals as asset_decimals',
      'm.title',
      'm.summary',
      'm.tags',
      'm.kind',
      'm.license',
      'm.metric',
      'm.baseline',
    ])
}

export type ChallengeSql = Awaited<ReturnType<ReturnType<typeof selectChallenges>['execute']>>[number]

export type ChallengeFilter = {
  phase?: Phase | undefined
  asset?: string | undefined
  maker?: string | undefined
  oracle?: string | undefined
  rule?: Rule | undefined
  q?: string | undefined
  sort: 'newest' | 'deadline' | 'prize'
  cursor?: string | undefined
  limit: number
}

export async function readChallengePage(db: Kysely<Database>, now: number, filter: ChallengeFilter) {
  const order = ORDERS[filter.sort](filter.cursor, now)
  let query = selectChallenges(db)
    .select(order.columns)
    .limit(filter.limit + 1)
  for (const column of order.by) query = query.orderBy(column)
  if (order.after) query = query.where(order.after)
  if (filter.phase) query = query.where(phaseSql(now), '=', filter.phase)
  if (filter.asset) query = query.where('c.token', '=', filter.asset)
  if (filter.maker) query = query.where('c.maker', '=', filter.maker)
  if (filter.rule) query = query.where('c.rule', '=', filter.rule)
  if (filter.oracle) {
    const { oracle } = filter
    query = query.where((eb) => seatExists(eb, oracle))
  }
  const words = searchWords(filter.q)
  if (words) {
    const number = /^#?(\d{1,9})$/.exec(filter.q?.trim() ?? '')?.[1]
    query = query.where(sql<SqlBool>`(m.words @@ to_tsquery('simple', ${words}) or c.id = ${number ?? null}::bigint)`)
  }
  const rows = await query.execute()
  return page(rows, filter.limit, (row) => [row.key_1, row.key_2, row.key_3])
}

/** Three sort keys for every order, so that one cursor shape serves all. */
const ORDERS = {
  newest(cursor: string | undefined, _now: number) {
    return keys(sql`0::bigint`, sql`0::bigint`, sql`-c.id`, readCursor(cursor, 3))
  },
  prize(cursor: string | undefined, _now: number) {
    return keys(sql`0::bigint`, sql`-c.prize`, sql`-c.id`, readCursor(cursor, 3))
  },
  /** The nearest deadline first, past ones last. The first key holds the clock of the first page, so pages fit together. */
  deadline(cursor: string | undefined, now: number) {
    const after = readCursor(cursor, 3)
    const clock = after ? Math.floor(Number(after[0]) / 2) : now
    const past = sql`(${clock}::bigint * 2 + (c.deadline <= ${clock})::int)`
    const distance = sql`(case when c.deadline <= ${clock} then -c.deadline else c.deadline end)`
    return keys(past, distance, sql`-c.id`, after)
  },
}

function keys(one: RawBuilder<unknown>, two: RawBuilder<unknown>, three: RawBuilder<unknown>, after: string[] | null) {
  const text = (key: RawBuilder<unknown>) => sql<string>`(${key})::text`
  return {
    columns: [text(one).as('key_1'), text(two).as('key_2'), text(three).as('key_3')],
    by: [sql`${one} asc`, sql`${two} asc`, sql`${three} asc`],
    after: after
      ? sql<SqlBool>`(${one}, ${two}, ${three}) > (${after[0]!}::numeric, ${after[1]!}::numeric, ${after[2]!}::numeric)`
      : null,
  }
}

function seatExists(eb: ExpressionBuilder<Database & { c: Database['challenges'] }, 'c'>, oracle: string) {
  return eb.exists(
    eb
      .selectFrom('challenge_oracles as o')
      .select('o.place')
      .whereRef('o.challenge', '=', 'c.id')
      .where('o.address', '=', oracle),
  )
}

/** Every word must occur, as the beginning of a word. */
function searchWords(q: string | undefined): string | null {
  const words = q?.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ')
}

/** A challenge as the rules read it, with what its asset and its manifest add. */
export type Shown = { row: ChallengeSql; challenge: ChallengeRow }

/** In their order. */
export async function showChallenges(db: Kysely<Database>, rows: readonly ChallengeSql[]): Promise<Shown[]> {
  const challenges = await withPlaces(db, rows)
  return rows.map((row) => ({ row, challenge: challenges.get(row.id)! }))
}

/** These challenges as the rules read them, by their ids. */
export async function readChallenges(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, ChallengeRow>> {
  if (ids.length === 0) return new Map()
  return withPlaces(db, await db.selectFrom('challenges').selectAll().where('id', 'in', ids).execute())
}

async function withPlaces(
  db: Kysely<Database>,
  rows: readonly Selectable<Database['challenges']>[],
): Promise<Map<string, ChallengeRow>> {
  if (rows.length === 0) return new Map()
  const ids = rows.map((row) => row.id)
  const [seats, places] = await Promise.all([
    db
      .selectFrom('challenge_oracles')
      .selectAll()
      .where('challenge', 'in', ids)
      .orderBy('challenge')
      .orderBy('place')
      .execute(),
    db
      .selectFrom('places')
      .selectAll()
      .where('challenge', 'in', ids)
      .orderBy('challenge')
      .orderBy('list')
      .orderBy('place')
      .execute(),
  ])
  const [seatsOf, placesOf] = [byChallenge(seats), byChallenge(places)]
  return new Map(rows.map((row) => [row.id, readChallenge(row, seatsOf.get(row.id) ?? [], placesOf.get(row.id) ?? [])]))
}
