/** A challenge with everything that its page shows. */
import type { Shown } from '../read/challenges.ts'
import type { ChallengeParts } from '../read/parts.ts'
import type { Challenge } from '../types.ts'
import { challengeSummary } from './challenge.ts'
import { defaultsOf } from './defaults.ts'
import { challengeMoney, closingView } from './money.ts'
import { boardView, epochVoteViews, rankingView } from './place.ts'
import { time } from './values.ts'

/** @param now the clock of the answer, unix seconds */
export function challengeDetail(
  shown: Shown,
  parts: ChallengeParts,
  now: number,
): Omit<Challenge, 'atLedger' | '_meta'> {
  const { challenge } = shown
  const { reveals, kept, rankings, votes, units, shares } = parts
  return {
    ...challengeSummary(shown, now),
    money: challengeMoney(challenge),
    closing: closingView(challenge, now),
    shares,
    reveals: reveals.map(({ by, cid, at, tx }) => ({ by, maker: by === challenge.maker, cid, at: time(at), tx })),
    board: boardView(challenge, parts, now),
    keptPlaces: kept.map(({ number, solver, attempt }) => ({ number, solver, attempt })),
    judgeRanked: challenge.facts.rankings.judge !== null,
    rankings: rankings.map((ranking) => rankingView(challenge, ranking)),
    epochVotes: epochVoteViews(challenge, votes),
    units,
    events: challenge.events,
    defaults: defaultsOf(challenge, now),
  }
}
