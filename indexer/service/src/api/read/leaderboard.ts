/** The best scored submission of each solver, ranked: by score, ties to the earlier submission. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page, readCursor } from '../cursor.ts'

export type LeaderSql = {
  rank: string
  solver: string
  number: string
  attempt: string
  score: string
  submitted_at: string
  threshold: string
  direction: string
  attempts: string
  prize: string
  paid: string
}

export async function readLeaderboard(
  db: Kysely<Database>,
  challenge: string,
  options: { minimize: boolean; cursor?: string | undefined; limit: number },
) {
  const after = Number(readCursor(options.cursor, 1)?.[0] ?? 0)
  const better = options.minimize ? sql`asc` : sql`desc`
  const { rows } = await sql<LeaderSql>`
    with best as (
      select distinct on (solver) solver, number, attempt, score, submitted_at
      from submissions where challenge = ${challenge} and verdict = 'scored'
      order by solver, score ${better}, number
    ), ranked as (
      select row_number() over (order by score ${better}, number) as rank, * from best
    )
    select r.*, c.threshold, c.direction, totals.attempts, totals.prize,
      coalesce((select sum(p.prize + p.silence) from payments p where p.challenge = c.id and p.solver = r.solver), 0)::text as paid
    from ranked r
    join challenges c on c.id = ${challenge}
    cross join lateral (
      select count(*) as attempts, max(s.prize)::text as prize from submissions s where s.challenge = c.id and s.solver = r.solver
    ) as totals
    where rank > ${after}
    order by rank
    limit ${options.limit + 1}`.execute(db)
  return page(rows, options.limit, (row) => [row.rank])
}
