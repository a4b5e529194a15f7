/** Boards, rankings and epochs as the API shows them. */
import { meets, redue } from '@stellartrain/contracts-client/rules'
import {
  type ChallengeRow,
  type EpochVote as EpochVoteRow,
  JUDGE,
  type RankingPost as RankingRow,
} from '../../project/model.ts'
import type { Leader } from '../read/leaderboard.ts'
import type { ChallengeParts } from '../read/parts.ts'
import type { Epoch, EpochVote, LeaderboardRow, Place, RankingPost } from '../types.ts'
import { type KnownSubmissions, textOrNull } from './known.ts'
import { isRanked, placesAt } from './standing.ts'
import { amount, score, time } from './values.ts'

export function boardView(challenge: ChallengeRow, { placed }: Pick<ChallengeParts, 'placed'>, now: number): Place[] {
  return placesAt(challenge, now).map((row) => {
    const named = placed.get(row.number)
    const units = row.score ?? named?.score
    return {
      place: row.place + 1,
      solver: row.solver,
      number: row.number,
      attempt: named?.attempt ?? null,
      score: units === undefined ? null : score(units),
      prize: amount(row.prize),
      due: row.due,
      waiting: row.waiting,
      paid: named?.prizePaid ?? null,
    }
  })
}

/** Rows of one challenge's leaderboard. @param known how far its submissions and their payments are */
export function leaderViews(
  challenge: ChallengeRow,
  leaders: readonly Leader[],
  now: number,
  known: KnownSubmissions,
): LeaderboardRow[] {
  const { terms, facts } = challenge
  const places = new Map(placesAt(challenge, now).map((row) => [row.solver, row]))
  const ranked = isRanked(redue(terms, facts, now).challenge)
  const rate = terms.payout.rule === 'per_unit' ? terms.payout.rate : 0n
  return leaders.map((row) => {
    const place = places.get(row.solver)
    return {
      rank: row.rank,
      solver: row.solver,
      number: row.number,
      attempt: row.attempt,
      score: score(row.score),
      meetsThreshold: meets(row.score, terms),
      won: place?.due === true || rate * BigInt(row.units) > 0n,
      place: place ? place.place + 1 : null,
      due: place?.due ?? false,
      waiting: place?.waiting ?? false,
      kept: row.kept,
      prize: amount(place?.prize ?? 0n),
      privateScore: ranked && place && place.score !== null ? score(place.score) : null,
      attempts: known.all ? row.attempts : null,
      submittedAt: time(row.submittedAt),
      paid: known.payments ? amount(row.paid) : null,
      lowerBound: !known.all,
    }
  })
}

export function rankingView({ terms }: ChallengeRow, row: RankingRow): RankingPost {
  const judge = row.by === JUDGE
  return {
    by: (judge ? terms.judge?.address : terms.oracles[row.by]) ?? '',
    judge,
    report: row.report,
    rows: row.rows.map(({ solver, attempt, score: units }) => ({ solver, attempt, score: score(units) })),
    quorum: row.quorum,
    at: time(row.at),
    tx: row.tx,
  }
}

/** Votes of one challenge, in the order in which they were cast. */
export function epochVoteViews({ terms }: ChallengeRow, votes: readonly EpochVoteRow[]): EpochVote[] {
  return votes.map((vote) => ({
    epoch: vote.epoch,
    oracle: terms.oracles[vote.oracle] ?? null,
    root: vote.root,
    total: amount(vote.total),
    report: textOrNull(vote.report),
    quorum: vote.quorum,
    at: time(vote.at),
    tx: textOrNull(vote.tx),
  }))
}

/** `before`: the total of the epoch before it. */
export function epochView(challenge: ChallengeRow, votes: readonly EpochVoteRow[], before: bigint): Epoch | null {
  const made = votes.find((vote) => vote.quorum)
  if (!made) return null
  return {
    epoch: made.epoch,
    root: made.root,
    total: amount(made.total),
    increase: amount(made.total - before),
    // Only its event says what the oracles earned with it.
    fees: made.tx === '' ? null : amount(made.fees),
    report: textOrNull(made.report),
    votes: epochVoteViews(challenge, votes),
    at: time(made.at),
    tx: textOrNull(made.tx),
  }
}
