/** A challenge with everything that its page shows. */
import type { ChallengeSql } from '../read/challenges.ts'
import type { ChallengeParts } from '../read/parts.ts'
import type { Challenge } from '../types.ts'
import { challengeMoney, challengeSummary, defaultsOf } from './challenge.ts'
import { epochVoteViews, placeView, rankingView } from './place.ts'
import { time, timeOrNull } from './values.ts'

export function challengeDetail(row: ChallengeSql, parts: ChallengeParts): Omit<Challenge, 'atLedger' | '_meta'> {
  const { seats, reveals, board, rankings, votes, units } = parts
  return {
    ...challengeSummary(row, seats),
    money: challengeMoney(row, seats),
    rejectVoted: Number(row.reject_voted),
    silencePart: row.silence,
    endedAt: timeOrNull(row.status === 'cancelled' ? row.cancelled_at : row.ended),
    reveals: reveals.map(({ by, cid, at, tx }) => ({ by, cid, at: time(at), tx })),
    board: board.map((place) => placeView(row, place)),
    rankings: rankings.map((ranking) => rankingView(ranking, seats)),
    epochVotes: epochVoteViews(votes, seats),
    units,
    events: Number(row.events),
    defaults: defaultsOf(row),
  }
}
