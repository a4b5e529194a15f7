/** Competitions: the running table, and the ranking that decides on the prizes, `contracts/model/src/ranking.rs`. */
import type { Direction, Place, RankedBy, Rankings, Terms } from './facts.ts'
import { meets, round } from './verdict.ts'

/** Better score first, ties to the earlier submission. */
export function before(one: Place, other: Place, direction: Direction): boolean {
  if (one.score === other.score) return one.number < other.number
  return direction === 'maximize' ? one.score > other.score : one.score < other.score
}

/** The table after one more place: the best distinct solvers, best first, at most `most` of them. */
export function enterTable(table: readonly Place[], place: Place, most: number, direction: Direction): Place[] {
  const own = table.find((other) => other.solver === place.solver)
  if (own && before(own, place, direction)) return [...table]
  const others = table.filter((other) => other !== own)
  const at = others.findIndex((other) => before(place, other, direction))
  return others.toSpliced(at < 0 ? others.length : at, 0, place).slice(0, most)
}

/** One scored attempt as an oracle knows it; `private` is known to the oracles alone until they rank. */
export type ScoredAttempt = { solver: string; number: number; public: bigint; private: bigint }

type RankingTerms = Pick<Terms, 'payout' | 'threshold' | 'direction' | 'step'>

/** The prizes by rank, the largest first; none under the other rules. */
export const prizesOf = ({ payout }: Pick<Terms, 'payout'>): readonly bigint[] =>
  payout.rule === 'ranked' ? payout.prizes : []

/**
 * The ranking that every honest oracle computes from the scored submissions. A solver's result is the better private score of its
 * two attempts with the best public scores, ties to the earlier both times. Results that do not reach the threshold have no place.
 */
export function ranking(terms: RankingTerms, scored: readonly ScoredAttempt[]): Place[] {
  const { direction } = terms
  const byPublic = scored.toSorted((one, other) =>
    before({ ...one, score: one.public }, { ...other, score: other.public }, direction) ? -1 : 1,
  )
  const tried = new Map<string, number>()
  let table: Place[] = []
  for (const { solver, number, private: score } of byPublic) {
    const earlier = tried.get(solver) ?? 0
    tried.set(solver, earlier + 1)
    if (earlier < 2 && meets(round(score, terms), terms))
      table = enterTable(table, { solver, number, score }, Number.POSITIVE_INFINITY, direction)
  }
  return table.slice(0, prizesOf(terms).length)
}

/**
 * Whether the contract takes these rows as a ranking: at most as many as prizes, of distinct solvers, in order, each reaching the
 * threshold when rounded. `mayStand` says whether a submission is scored, or, for the judge, ruled so by it.
 */
export function isRanking(terms: RankingTerms, rows: readonly Place[], mayStand: (row: Place) => boolean): boolean {
  return (
    rows.length <= prizesOf(terms).length &&
    new Set(rows.map((row) => row.solver)).size === rows.length &&
    rows.every((row, at) => at === 0 || before(rows[at - 1]!, row, terms.direction)) &&
    rows.every((row) => mayStand(row) && meets(round(row.score, terms), terms))
  )
}

/**
 * By whom the prizes go now, if a call sets them aside: the judge's last ranking from the end on; without one the running table,
 * once nothing is decided that is not in it. A quorum of oracles counts at once, when it is posted (`placed`).
 */
export function prizesGo(
  { judge, placed, table }: Rankings,
  over: boolean,
  decided: number,
): { by: RankedBy; places: readonly Place[] } | undefined {
  if (placed || !over) return undefined
  if (judge) return { by: 'judge', places: judge }
  return decided === 0 ? { by: 'running_table', places: table } : undefined
}

/** The prize of this submission's place among these; 0n without one. */
export function prizeOfPlace(terms: Pick<Terms, 'payout'>, places: readonly Place[], number: number): bigint {
  const at = places.findIndex((place) => place.number === number)
  return prizesOf(terms)[at] ?? 0n
}
