/** Submissions out of the tables, with their votes and what the rules read of their challenges. */
import { FLAG } from '@stellartrain/contracts-client/rules'
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { VoteRecord } from '../../project/model.ts'
import { submissionKey } from '../../project/world.ts'
import type { Database } from '../../store/database.ts'
import { readSubmission, readVote } from '../../store/read.ts'
import { readShaped } from '../../store/shaped.ts'
import type { Source } from '../list/list.ts'
import { inWindow, windowValues, withValues } from '../list/window.ts'
import type { Submission } from '../types.ts'
import { type ShownSubmission, submissionView } from '../views/submission.ts'
import { asset } from '../views/values.ts'
import { readChallenges } from './challenges.ts'
import { ASSET_COLUMNS, countRows, directionOf, unseen } from './queries.ts'

export function selectSubmissions(db: Kysely<Database>) {
  return db
    .selectFrom('submissions as s')
    .innerJoin('challenges as c', 'c.id', 's.challenge')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .selectAll('s')
    .select(['c.token', ...ASSET_COLUMNS])
}

export type SubmissionSql = Awaited<ReturnType<ReturnType<typeof selectSubmissions>['execute']>>[number]

export type SubmissionFilter = {
  challenge?: string | undefined
  solver?: string | undefined
  /** Only those with a payment that could not be delivered. */
  held?: boolean
  order: 'newest' | 'oldest'
}

const WITHIN = [['s.number', 'bigint']] as const
const OVERALL = [
  ['s.submitted_at', 'bigint'],
  ['s.challenge', 'bigint'],
  ['s.number', 'bigint'],
] as const

/** By time over all challenges, by number within one: the same, since numbers follow time. @param now of the answer, unix seconds */
export function submissionList(
  db: Kysely<Database>,
  now: number,
  filter: SubmissionFilter,
): Source<SubmissionSql, Submission> {
  const { challenge, solver, order, held = false } = filter
  const filtered = (by: { challenge: string | undefined; solver: string | undefined }) => {
    let query = selectSubmissions(db)
    if (by.challenge !== undefined) query = query.where('s.challenge', '=', by.challenge)
    if (by.solver !== undefined) query = query.where('s.solver', '=', unseen(by.solver))
    // In the words of the index `submissions_held`.
    return held ? query.where(sql<SqlBool>`s.flags & ${sql.lit(FLAG.held)} <> 0`) : query
  }
  const keys = challenge === undefined ? OVERALL : WITHIN
  return {
    order,
    rows: (window) =>
      readShaped(
        db,
        `submissions ${order} ${window.back} ${held}`,
        { challenge, solver, ...windowValues(window) },
        (by) => inWindow(filtered(by), keys, directionOf(order), withValues(window, by)),
      ),
    keyOf: (row) => (challenge === undefined ? [row.submitted_at, row.challenge, row.number] : [row.number]),
    show: async (rows) => (await showSubmissions(db, rows)).map((one) => submissionView(one, now)),
    count: () => countRows(filtered({ challenge, solver })),
  }
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
  const found = await readShaped(db, 'votes of submissions', { challenges, numbers }, (these) =>
    db
      .selectFrom('votes as v')
      .selectAll('v')
      .where(
        sql<SqlBool>`(v.challenge, v.number) in (select * from unnest(${these.challenges}::bigint[], ${these.numbers}::bigint[]))`,
      )
      .orderBy('v.event_id'),
  )
  return Map.groupBy(found.map(readVote), ({ challenge, number }) => submissionKey(challenge, number))
}
