/** The lists of places of a challenge, and the flags of a submission, as they are written. */
import type { Flags } from '@stellartrain/contracts-client/rules'
import type { ChallengeFacts, ChallengeRow, PlaceRow, SubmissionFacts } from './model.ts'

type Row = { solver: string; number: number; score?: bigint }

/** Winners of a bounty, or the running table of a ranking. */
export const boardOf = ({ board, rankings }: ChallengeFacts): readonly Row[] =>
  rankings.table.length > 0 ? rankings.table : board.rows

/** The ranking that a quorum of oracles posted, or the judge's last one. */
export const rankingOf = ({ rankings }: ChallengeFacts): readonly Row[] =>
  rankings.placed === 'oracles' ? rankings.places : (rankings.judge ?? [])

export function placesOf({ id, facts }: ChallengeRow): PlaceRow[] {
  const rows = (list: PlaceRow['list'], places: readonly Row[]) =>
    places.map(({ solver, number, score }, place) => ({
      ...{ challenge: id, list, place, solver, number, score: score ?? null },
    }))
  return [...rows('board', boardOf(facts)), ...rows('ranking', rankingOf(facts))]
}

export function flagsOf({ carried, passed, kept, held, prizePaid, byJudge }: SubmissionFacts): Flags {
  return { carried, passed, kept, held, prizePaid, byJudge }
}
