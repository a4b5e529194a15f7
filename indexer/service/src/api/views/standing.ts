/** Places as things stand, written or not: who stands where, what a place brings, whether it is due. */
import { prizesOf, redue } from '@stellartrain/contracts-client/rules'
import { boardOf } from '../../project/lists.ts'
import type { ChallengeFacts, ChallengeRow } from '../../project/model.ts'

export type StandingPlace = {
  /** From 0. */
  place: number
  solver: string
  number: number
  /** Null on the board of a bounty. */
  score: bigint | null
  /** What it brings, or would bring. */
  prize: bigint
  due: boolean
  waiting: boolean
}

/** Whether the prizes go by the ranking of the oracles or the judge. */
export const isRanked = ({ rankings }: ChallengeFacts): boolean =>
  rankings.placed === 'oracles' || rankings.placed === 'judge'

/** As they stand now, whatever call has written it. @param now unix seconds */
export const placesAt = ({ terms, facts }: ChallengeRow, now: number): StandingPlace[] =>
  placesIn(terms, redue(terms, facts, now).challenge)

/** As these facts have them. */
export function placesIn(terms: ChallengeRow['terms'], facts: ChallengeFacts): StandingPlace[] {
  const { payout } = terms
  const rows: readonly { solver: string; number: number; score?: bigint }[] = isRanked(facts)
    ? facts.rankings.places
    : boardOf(facts)
  return rows.map((row, place) => {
    const due = payout.rule === 'bounty' ? place < facts.board.due : facts.rankings.placed !== null
    return {
      ...{ place, solver: row.solver, number: row.number, score: row.score ?? null },
      prize: payout.rule === 'bounty' ? payout.reward : (prizesOf(terms)[place] ?? 0n),
      due,
      waiting: payout.rule === 'bounty' && !due,
    }
  })
}
