/** All rows that one challenge's page shows, beside the challenge itself. */
import type { Kysely, Selectable } from 'kysely'
import type { Database, EpochVotesTable, RankingsTable, RevealsTable } from '../../store/database.ts'
import type { Units } from '../types.ts'
import { type BoardSql, readBoard, readRankings, readUnits } from './boards.ts'
import { type ChallengeSql, readSeats, type SeatSql } from './challenges.ts'
import { readEpochVotes } from './earnings.ts'

export type ChallengeParts = {
  seats: SeatSql[]
  reveals: Selectable<RevealsTable>[]
  board: BoardSql[]
  rankings: Selectable<RankingsTable>[]
  /** On the epoch to come. */
  votes: Selectable<EpochVotesTable>[]
  units: Units | null
}

export async function readParts(db: Kysely<Database>, row: ChallengeSql): Promise<ChallengeParts> {
  const [seats, reveals, board, rankings, votes, units] = await Promise.all([
    readSeats(db, [row.id]),
    db.selectFrom('reveals').selectAll().where('challenge', '=', row.id).orderBy('at').execute(),
    readBoard(db, row.id),
    readRankings(db, row.id),
    readEpochVotes(db, row.id, row.epochs + 1, row.epochs + 1),
    row.rule === 'per_unit' ? readUnits(db, row.id) : null,
  ])
  return { seats, reveals, board, rankings, votes, units }
}
