/** Submissions out of the tables, with their votes and what the rules read of their challenges. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { ChallengeRow, SubmissionRow, VoteRecord } from '../../project/model.ts'
import { submissionKey } from '../../project/world.ts'
import type { Database } from '../../store/database.ts'
import { readSubmission, readVote } from '../../store/read.ts'
import { page, readCursor } from '../cursor.ts'
import type { Asset } from '../types.ts'
import { asset } from '../views/values.ts'
import { readChallenges } from './challenges.ts'

export function selectSubmissions(db: Kysely<Database>) {
  return db
    .selectFrom('submissions as s')
    .innerJoin('challenges as c', 'c.id', 's.challenge')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .selectAll('s')
    .select([
      'c.token',
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
export async function readSubmissionPage(db: Kysely<Database>, filter: SubmissionFilter) {
  const after = readCursor(filter.cursor, 3)
  const direction = filter.order === 'newest' ? 'desc' : 'asc'
  let query = selectSubmissions(db).limit(filter.limit + 1)
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
  const { data, next } = page(await query.execute(), filter.limit, (row) => [
    row.submitted_at,
    row.challenge,
    row.number,
  ])
  return { data: await showSubmissions(db, data), next }
}

/** A submission with its challenge and its votes, in the order in which they were cast. */
export type ShownSubmission = {
  submission: SubmissionRow
  challenge: ChallengeRow
  votes: readonly VoteRecord[]
  asset: Asset
}

/** In their order. */
export async function showSubmissions(
  db: Kysely<Database>,
  rows: readonly SubmissionSql[],
): Promise<ShownSubmission[]> {
  const ids = [...new Set(rows.map((row) => row.challenge))]
  const [challenges, votes] = await Promise.all([readChallenges(db, ids), readVotes(db, rows)])
  return rows.map((row) => {
    const challenge = challenges.get(row.challenge)!
    const own = votes.get(submissionKey(Number(row.challenge), Number(row.number))) ?? []
    return { submission: readSubmission(row, challenge.terms, own), challenge, votes: own, asset: asset(row) }
  })
}

async function readVotes(
  db: Kysely<Database>,
  rows: readonly { challenge: string; number: string }[],
): Promise<Map<string, VoteRecord[]>> {
  if (rows.length === 0) return new Map()
  const [challenges, numbers] = [rows.map((row) => row.challenge), rows.map((row) => row.number)]
  const found = await db
    .selectFrom('votes as v')
    .selectAll('v')
    .where(
      sql<SqlBool>`(v.challenge, v.number) in (select * from unnest(${challenges}::bigint[], ${numbers}::bigint[]))`,
    )
    .orderBy('v.event_id')
    .execute()
  return Map.groupBy(found.map(readVote), ({ challenge, number }) => submissionKey(challenge, number))
}
