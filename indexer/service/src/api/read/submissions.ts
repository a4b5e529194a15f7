/** Submissions out of the tables, with what a page needs to know of their challenge, and their votes. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page, readCursor } from '../cursor.ts'
import type { ChallengeState } from '../types.ts'
import { stateSql } from './challenges.ts'

export function selectSubmissions(db: Kysely<Database>, now: number) {
  return db
    .selectFrom('submissions as s')
    .innerJoin('challenges as c', 'c.id', 's.challenge')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .leftJoin('boards as b', (join) => join.onRef('b.challenge', '=', 's.challenge').onRef('b.number', '=', 's.number'))
    .selectAll('s')
    .select([
      stateSql(now).as('state'),
      'c.token',
      'c.status',
      'c.rule',
      'c.rate',
      'c.silence as silence_fixed',
      'b.place',
      'c.finalized',
      'c.threshold',
      'c.direction',
      'a.code as asset_code',
      'a.issuer as asset_issuer',
      'a.native as asset_native',
      'a.decimals as asset_decimals',
    ])
}

export type SubmissionSql = Awaited<ReturnType<ReturnType<typeof selectSubmissions>['execute']>>[number]

export type SubmissionFilter = {
  challenge?: string
  solver?: string | undefined
  order: 'newest' | 'oldest'
  cursor?: string | undefined
  limit: number
}

/** By time over all challenges, by number within one: the same, since numbers follow time. */
export async function readSubmissionPage(db: Kysely<Database>, now: number, filter: SubmissionFilter) {
  const after = readCursor(filter.cursor, 3)
  const direction = filter.order === 'newest' ? 'desc' : 'asc'
  let query = selectSubmissions(db, now).limit(filter.limit + 1)
  if (filter.challenge !== undefined) {
    query = query.where('s.challenge', '=', filter.challenge).orderBy('s.number', direction)
    if (after) query = query.where('s.number', filter.order === 'newest' ? '<' : '>', after[2]!)
  } else {
    query = query.orderBy('s.submitted_at', direction).orderBy('s.challenge', direction).orderBy('s.number', direction)
    const key = sql`(s.submitted_at, s.challenge, s.number)`
    const last = after && sql`(${after[0]!}::bigint, ${after[1]!}::bigint, ${after[2]!}::bigint)`
    if (last)
      query = query.where(filter.order === 'newest' ? sql<SqlBool>`${key} < ${last}` : sql<SqlBool>`${key} > ${last}`)
  }
  if (filter.solver !== undefined) query = query.where('s.solver', '=', filter.solver)
  return page(await query.execute(), filter.limit, (row) => [row.submitted_at, row.challenge, row.number])
}

/** Votes on these submissions, in the order in which they were cast. */
export async function readVotes(db: Kysely<Database>, rows: readonly { challenge: string; number: string }[]) {
  if (rows.length === 0) return []
  return db
    .selectFrom('votes as v')
    .innerJoin('challenge_oracles as o', (join) =>
      join.onRef('o.challenge', '=', 'v.challenge').onRef('o.place', '=', 'v.oracle'),
    )
    .selectAll('v')
    .select('o.address')
    .where(
      sql<SqlBool>`(v.challenge, v.number) in (select * from unnest(${rows.map((row) => row.challenge)}::bigint[], ${rows.map((row) => row.number)}::bigint[]))`,
    )
    .orderBy('v.event_id')
    .execute()
}

export type VoteSql = Awaited<ReturnType<typeof readVotes>>[number]
export type SubmissionState = Pick<SubmissionSql, 'verdict' | 'status'> & { state: ChallengeState }
