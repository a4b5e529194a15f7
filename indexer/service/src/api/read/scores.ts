/** What the submissions of one account scored, for plots of how it went. */
import type { Kysely } from 'kysely'
import type { Database } from '../../store/database.ts'
import { inWindow, type SortKey, type Window } from '../list/window.ts'
import type { SolverScore } from '../types.ts'
import { score, time, timeOrNull } from '../views/values.ts'
import { countRows, directionOf, unseen } from './queries.ts'

/** As `submissions_by_solver_and_time` has them. */
const KEYS: readonly SortKey[] = [
  ['s.submitted_at', 'bigint'],
  ['s.challenge', 'bigint'],
  ['s.number', 'bigint'],
]

export function scoreList(
  db: Kysely<Database>,
  { solver, challenge, order }: { solver: string; challenge?: number | undefined; order: 'newest' | 'oldest' },
) {
  let query = db
    .selectFrom('submissions as s')
    .innerJoin('challenges as c', 'c.id', 's.challenge')
    .select(['s.challenge', 's.number', 's.attempt', 's.score', 's.submitted_at', 's.verdict_at'])
    .select(['c.direction', 'c.threshold'])
    .where('s.solver', '=', unseen(solver))
    .where('s.status', '=', 'scored')
  if (challenge !== undefined) query = query.where('s.challenge', '=', String(challenge))
  type Row = Awaited<ReturnType<typeof query.execute>>[number]
  return {
    order,
    rows: (window: Window) => inWindow(query, KEYS, directionOf(order), window).execute(),
    keyOf: (row: Row) => [row.submitted_at, row.challenge, row.number],
    show: async (rows: Row[]) =>
      rows.map(
        (row): SolverScore => ({
          ...{ challenge: Number(row.challenge), number: Number(row.number), attempt: Number(row.attempt) },
          score: score(BigInt(row.score)),
          direction: row.direction as SolverScore['direction'],
          threshold: score(BigInt(row.threshold)),
          ...{ submittedAt: time(row.submitted_at), verdictAt: timeOrNull(row.verdict_at) },
        }),
      ),
    count: () => countRows(query),
  }
}
