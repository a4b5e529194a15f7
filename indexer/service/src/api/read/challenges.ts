/** Challenges out of the tables: a page by filters and order, or some by their ids. */
import { type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page, readCursor } from '../cursor.ts'
import type { ChallengeState, Rule } from '../types.ts'

/** The contract's rules on clock and counters, as one SQL expression over `challenges as c`. */
export function stateSql(now: number): RawBuilder<ChallengeState> {
  return sql<ChallengeState>`case
    when c.status = 'cancelled' then 'cancelled'
    when c.status = 'ended' then 'ended'
    when c.accepted < c.seats then case when ${now} >= c.accept_by then 'expired' else 'awaiting_oracles' end
    when ${now} >= c.grade_by then case when c.submitted > c.finalized or c.unsettled_eligible > 0 then 'expired' else 'ended' end
    when ${now} >= c.deadline then case
      when c.submitted = c.finalized and (c.unsettled_eligible = 0 or c.silence_share = 0)
        and (c.rule in ('bounty', 'per_unit') or c.rule = 'ranked' and (c.ranking <> 'open' or c.submitted = 0))
        then 'ended' else 'grading' end
    when ${now} < c.opens then 'upcoming'
    else 'open' end`
}

export function selectChallenges(db: Kysely<Database>, now: number) {
  return db
    .selectFrom('challenges as c')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .leftJoin('manifests as m', (join) => join.onRef('m.cid', '=', 'c.manifest').on('m.state', '=', 'known'))
    .selectAll('c')
    .select([
      stateSql(now).as('state'),
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
  state?: ChallengeState | undefined
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
  let query = selectChallenges(db, now)
    .select(order.columns)
    .limit(filter.limit + 1)
  for (const column of order.by) query = query.orderBy(column)
  if (order.after) query = query.where(order.after)
  if (filter.state) query = query.where(stateSql(now), '=', filter.state)
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

/** Seats of these challenges, in their order. */
export async function readSeats(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('challenge_oracles')
    .selectAll()
    .where('challenge', 'in', ids)
    .orderBy('challenge')
    .orderBy('place')
    .execute()
}

export type SeatSql = Awaited<ReturnType<typeof readSeats>>[number]
