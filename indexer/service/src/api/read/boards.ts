/** Boards, rankings and units of one challenge. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { Units } from '../types.ts'

/** Places of a challenge, the first one first. */
export function readBoard(db: Kysely<Database>, challenge: string) {
  return db
    .selectFrom('boards as b')
    .leftJoin('submissions as s', (join) =>
      join.onRef('s.challenge', '=', 'b.challenge').onRef('s.number', '=', 'b.number'),
    )
    .selectAll('b')
    .select('s.flags')
    .where('b.challenge', '=', challenge)
    .orderBy('b.place')
    .execute()
}

export type BoardSql = Awaited<ReturnType<typeof readBoard>>[number]

export function readRankings(db: Kysely<Database>, challenge: string) {
  return db.selectFrom('rankings').selectAll().where('challenge', '=', challenge).orderBy('event_id').execute()
}

export async function readUnits(db: Kysely<Database>, challenge: string): Promise<Units> {
  const { rows } = await sql<Record<keyof Units, string>>`
    select coalesce(sum(units), 0) as submitted, coalesce(sum(accepted_units) filter (where verdict = 'scored'), 0) as accepted,
      coalesce(sum(units) filter (where verdict = 'pending'), 0) as pending
    from submissions where challenge = ${challenge}`.execute(db)
  const [row] = rows
  return {
    submitted: Number(row?.submitted ?? 0),
    accepted: Number(row?.accepted ?? 0),
    pending: Number(row?.pending ?? 0),
  }
}
