/** Boards, rankings and epochs as the API shows them. */
import { hasFlag } from '@stellartrain/contracts-client/flags'
import type { Selectable } from 'kysely'
import type { EpochVotesTable, RankingsTable } from '../../store/database.ts'
import type { BoardSql } from '../read/boards.ts'
import type { ChallengeSql, SeatSql } from '../read/challenges.ts'
import type { LeaderSql } from '../read/leaderboard.ts'
import type { Epoch, EpochVote, LeaderboardRow, Place, RankingPost } from '../types.ts'
import { meets } from './submission.ts'
import { score, time } from './values.ts'

type PrizeColumns = Pick<
  ChallengeSql,
  'rule' | 'reward' | 'prizes' | 'ranking' | 'submitted' | 'finalized' | 'unsettled'
>

/** What a place (from 0) brings as things stand; the contract's own rule. */
export function prizeAt(row: PrizeColumns, place: number): string {
  if (row.rule === 'bounty') return row.reward
  const whole = row.rule === 'ranked' ? (row.prizes[place] ?? '0') : '0'
  if (row.ranking === 'posted' || row.submitted === '0') return whole
  const graded = BigInt(row.finalized) - BigInt(row.unsettled)
  return ((BigInt(whole) * graded) / BigInt(row.submitted)).toString()
}

export function placeView(challenge: ChallengeSql, row: BoardSql): Place {
  return {
    place: row.place + 1,
    solver: row.solver,
    number: Number(row.number),
    attempt: Number(row.attempt),
    score: score(row.score),
    prize: prizeAt(challenge, row.place),
    paid: hasFlag(row.flags ?? 0, 'prizePaid'),
  }
}

export function leaderView(challenge: ChallengeSql, row: LeaderSql): LeaderboardRow {
  return {
    rank: Number(row.rank),
    solver: row.solver,
    number: Number(row.number),
    attempt: Number(row.attempt),
    score: score(row.score),
    meetsThreshold: meets(row),
    won: row.won,
    place: row.place === null ? null : row.place + 1,
    prize: row.place === null ? '0' : prizeAt(challenge, row.place),
    privateScore: challenge.ranking === 'posted' && row.board_score !== null ? score(row.board_score) : null,
    attempts: Number(row.attempts),
    submittedAt: time(row.submitted_at),
    paid: row.paid,
  }
}

export function rankingView(row: Selectable<RankingsTable>, seats: readonly SeatSql[]): RankingPost {
  return {
    oracle: seats[row.oracle]?.address ?? '',
    report: row.report,
    rows: row.rows.map(([solver, attempt, units]) => ({ solver, attempt, score: score(units) })),
    quorum: row.quorum,
    at: time(row.at),
    tx: row.tx,
  }
}

type EpochVoteSql = Selectable<EpochVotesTable>

/** Votes of one challenge, in the order in which they were cast. */
export function epochVoteViews(rows: readonly EpochVoteSql[], seats: readonly SeatSql[]): EpochVote[] {
  return rows.map((row) => ({
    epoch: Number(row.epoch),
    oracle: seats[row.oracle]?.address ?? '',
    root: row.root,
    total: row.total,
    report: row.report,
    dropped: rows.some((other) => other.epoch === row.epoch && other.round > row.round),
    quorum: row.quorum,
    at: time(row.at),
    tx: row.tx,
  }))
}

/** `before`: the total of the epoch before it. */
export function epochView(rows: readonly EpochVoteSql[], seats: readonly SeatSql[], before: string): Epoch | null {
  const made = rows.find((row) => row.quorum)
  if (!made) return null
  return {
    epoch: Number(made.epoch),
    root: made.root,
    total: made.total,
    increase: (BigInt(made.total) - BigInt(before)).toString(),
    fees: made.fees,
    report: made.report,
    votes: epochVoteViews(rows, seats),
    at: time(made.at),
    tx: made.tx,
  }
}
