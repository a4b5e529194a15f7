/** Who wins a ranking: each solver by its best score, ties to the earlier submission. The contract checks the same order. */

import type { Direction } from './metrics/metric.ts'
import { roundToStep } from './score.ts'

/** A scored submission; `score` in units of 1e-7, as graded. */
export interface RankedRow {
  readonly number: number
  readonly solver: string
  readonly attempt: number
  readonly score: bigint
}

export interface RankingTerms {
  readonly direction: Direction
  /** Units of 1e-7; compared with the score rounded to the step against the solver. */
  readonly threshold: bigint
  readonly step: bigint
  /** How many prizes there are. */
  readonly places: number
}

/** Negative if `a` stands before `b`. No two submissions are equal, for their numbers differ. */
export function compareRanked(a: RankedRow, b: RankedRow, direction: Direction): number {
  if (a.score === b.score) return a.number - b.number
  return a.score > b.score === (direction === 'maximize') ? -1 : 1
}

/** Each solver's best submission, best first. */
export function bestOfEach<Row extends RankedRow>(rows: readonly Row[], direction: Direction): Row[] {
  const sorted = [...rows].sort((a, b) => compareRanked(a, b, direction))
  const seen = new Set<string>()
  return sorted.filter(({ solver }) => !seen.has(solver) && seen.add(solver))
}

/** The places that bring a prize: the best solvers that reach the threshold, at most as many as prizes. */
export function rankSolvers<Row extends RankedRow>(rows: readonly Row[], terms: RankingTerms): Row[] {
  const { direction, threshold, step, places } = terms
  const meets = ({ score }: Row): boolean => {
    const rounded = roundToStep(score, step, direction)
    return direction === 'maximize' ? rounded >= threshold : rounded <= threshold
  }
  return bestOfEach(rows, direction).filter(meets).slice(0, places)
}
