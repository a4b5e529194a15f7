/** A challenge with everything that its page shows. */
import type { Shown } from '../read/challenges.ts'
import type { ChallengeParts } from '../read/parts.ts'
import type { Challenge } from '../types.ts'
import { challengeSummary } from './challenge.ts'
import { defaultsOf } from './defaults.ts'
import { knownOf, textOrNull } from './known.ts'
import { challengeMoney, closingView } from './money.ts'
import { boardView, epochVoteViews, rankingView } from './place.ts'
import { timeOrNull } from './values.ts'

/** @param now the clock of the answer, unix seconds */
export function challengeDetail(
  shown: Shown,
  parts: ChallengeParts,
  now: number,
): Omit<Challenge, 'atLedger' | 'recount' | 'recountFollowed' | '_meta'> {
  const { challenge, row } = shown
  const known = knownOf(row)
  const { reveals, kept, rankings, votes, units, shares } = parts
  return {
    ...challengeSummary(shown, now),
    money: challengeMoney(challenge, known),
    closing: closingView(challenge, now),
    shares,
    reveals: reveals.map(({ by, cid, at, tx }) => ({
      ...{ by, maker: by === challenge.maker, cid },
      ...{ at: timeOrNull(at), tx: textOrNull(tx) },
    })),
    board: boardView(challenge, parts, now),
    keptPlaces: kept.map(({ number, solver, attempt }) => ({ number, solver, attempt })),
    judgeRanked: challenge.facts.rankings.judge !== null,
    rankings: rankings.map((ranking) => rankingView(challenge, ranking)),
    epochVotes: epochVoteViews(challenge, votes),
    units: known('units', units),
    events: known('events', challenge.events),
    defaults: defaultsOf(challenge, now),
  }
}
