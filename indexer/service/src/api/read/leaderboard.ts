/** The best scored submission of each solver, ranked: by score, ties to the earlier submission; by place once a ranking is posted. */
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
  place: number | null
  board_score: string | null
  won: boolean
  paid: string
}

export async function readLeaderboard(
  db: Kysely<Database>,
  challenge: string,
  options: { minimize: boolean; posted: boolean; cursor?: string | undefined; limit: number },
) {
  const after = Number(readCursor(options.cursor, 1)?.[0] ?? 0)
  const better = options.minimize ? sql`asc` : sql`desc`
  const { rows } = await sql<LeaderSql>`
    with best as (
      select distinct on (s.solver) s.solver, s.number, s.attempt, s.score, s.submitted_at, b.place, b.score as board_score
      from submissions s
      left join boards b on b.challenge = s.challenge and b.number = s.number
      where s.challenge = ${challenge} and s.verdict = 'scored'
      order by s.solver, ${options.posted ? sql`b.place nulls last,` : sql``} s.score ${better}, s.number
    ), ranked as (
      select row_number() over (order by ${options.posted ? sql`place nulls last,` : sql``} score ${better}, number) as rank, * from best
    )
    select r.*, c.threshold, c.direction, totals.attempts, totals.won,
      coalesce((select sum(p.prize + p.silence) from payments p where p.challenge = c.id and p.solver = r.solver), 0)::text as paid
    from ranked r
    join challenges c on c.id = ${challenge}
    cross join lateral (
      select count(*) as attempts, max(s.prize) > 0 as won from submissions s where s.challenge = c.id and s.solver = r.solver
    ) as totals
    where rank > ${after}
    order by rank
    limit ${options.limit + 1}`.execute(db)
  return page(rows, options.limit, (row) => [row.rank])
}
