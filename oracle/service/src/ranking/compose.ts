/** The ranking as every oracle composes it from the same submissions: rows to post and the report behind them. Pure. */

import { Direction, type RankingRow, type Terms } from '@stellartrain/contracts-client'
import type { Place, RankingReport } from '@stellartrain/ipfs-content'
import { RANKING_MAX_TABLE } from '@stellartrain/ipfs-content'
import { bestOfEach, type RankedRow, rankSolvers } from '@stellartrain/oracle-grade'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Engine } from '../engine.ts'

export type LeftOut = RankingReport['leftOut'][number]

export type Ranked = Readonly<{ rows: RankingRow[]; report: RankingReport }>

export type Scores = Readonly<{
  place: Place
  challenge: number
  inputs: GradingInputs
  engine: Engine
  terms: Terms
  /** Every scored submission that could be counted, with its private score. */
  rows: readonly RankedRow[]
  leftOut: readonly LeftOut[]
}>

export function composeRanking({ place, challenge, inputs, engine, terms, rows, leftOut }: Scores): Ranked {
  const direction = terms.direction === Direction.Maximize ? 'maximize' : 'minimize'
  const prizes = terms.payout.tag === 'Ranked' ? terms.payout.values[0].prizes.length : 0
  const { threshold, step } = terms
  const winners = rankSolvers(rows, { direction, threshold, step, places: prizes })
  const table = bestOfEach(rows, direction).slice(0, RANKING_MAX_TABLE)
  return {
    rows: winners.map(({ solver, attempt, score }) => ({ solver, attempt, score })),
    report: {
      format: 'stellartrain/ranking-report',
      version: 1,
      ...place,
      challenge,
      manifest: inputs.manifestCid,
      engine: { ...engine },
      metric: inputs.manifest.metric,
      scored: rows.length + leftOut.length,
      places: winners.length,
      table: table.map(({ number, solver, attempt, score }) => ({ number, solver, attempt, score: String(score) })),
      leftOut: leftOut.toSorted((a, b) => a.number - b.number).slice(0, RANKING_MAX_TABLE),
    },
  }
}
