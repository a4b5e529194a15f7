/** The best scored submission of each solver, ranked: by score, ties to the earlier one; by place where a ranking decides. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page, readCursor } from '../cursor.ts'

/** One solver's row: its best submission, and sums over all of its own. */
export type Leader = {
  rank: number
  solver: string
  number: number
  attempt: number
  score: bigint
  submittedAt: number
  attempts: number
  /** A place is kept for one of its submissions. */
  kept: boolean
  /** Accepted units in all its batches. */
  units: number
  /** Prizes and pay of batches that reached it. */
  paid: bigint
}

type LeaderSql = {
  rank: string
  solver: string
  number: string
  attempt: string
  score: string
  submitted_at: string
  attempts: string
  kept: boolean
  units: string
  paid: string
}

export type LeaderOptions = {
  minimize: boolean
  /** The prizes go by the ranking of the oracles or the judge: its places come first. */
  ranked: boolean
  cursor?: string | undefined
  limit: number
}

export async function readLeaderboard(db: Kysely<Database>, challenge: string, options: LeaderOptions) {
  const after = Number(readCursor(options.cursor, 1)?.[0] ?? 0)
  const better = options.minimize ? sql`asc` : sql`desc`
  const first = options.ranked ? sql`place nulls last,` : sql``
  const { rows } = await sql<LeaderSql>`
    with scored as (
      select s.solver, s.number, s.attempt, s.score, s.submitted_at, p.place
      from submissions s
      left join places p on p.challenge = s.challenge and p.number = s.number and p.list = 'ranking'
      where s.challenge = ${challenge} and s.status = 'scored'
    ), best as (
      select distinct on (solver) * from scored order by solver, ${first} score ${better}, number
    ), ranked as (
      select row_number() over (order by ${first} score ${better}, number) as rank, * from best
    )
    select r.*, totals.*,
      coalesce((select sum(p.prize + p.pay) from payments p where p.challenge = ${challenge} and p.solver = r.solver), 0)::text as paid
    from ranked r
    cross join lateral (
      select count(*) as attempts, bool_or(s.flags & 4 <> 0) as kept, sum(s.accepted_units) as units
      from submissions s where s.challenge = ${challenge} and s.solver = r.solver
    ) as totals
    where rank > ${after}
    order by rank
    limit ${options.limit + 1}`.execute(db)
  const { data, next } = page(rows, options.limit, (row) => [row.rank])
  return { data: data.map(readLeader), next }
}

function readLeader(row: LeaderSql): Leader {
  return {
    rank: Number(row.rank),
    solver: row.solver,
    number: Number(row.number),
    attempt: Number(row.attempt),
    score: BigInt(row.score),
    submittedAt: Number(row.submitted_at),
    attempts: Number(row.attempts),
    kept: row.kept,
    units: Number(row.units),
    paid: BigInt(row.paid),
  }
}
