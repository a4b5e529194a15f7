/** The ranking as every oracle composes it from the same submissions: rows to post and the report behind them. Pure. */

import type { RankingRow } from '@stellartrain/contracts-client'
import { type Place as Ranked, ranking, type ScoredAttempt, type Terms } from '@stellartrain/contracts-client/rules'
import type { Place, RankingReport } from '@stellartrain/ipfs-content'
import { RANKING_MAX_TABLE } from '@stellartrain/ipfs-content'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Engine } from '../engine.ts'

export type LeftOut = RankingReport['leftOut'][number]

export type Composed = Readonly<{ rows: RankingRow[]; report: RankingReport }>

export type Scores = Readonly<{
  place: Place
  challenge: number
  inputs: GradingInputs
  engine: Engine
  terms: Terms
  /** Every scored submission that could be counted. */
  scored: readonly (ScoredAttempt & { attempt: number })[]
  leftOut: readonly LeftOut[]
}>

export function composeRanking({ place, challenge, inputs, engine, terms, scored, leftOut }: Scores): Composed {
  const attempts = new Map(scored.map(({ number, attempt }) => [number, attempt]))
  const named = ({ number, solver, score }: Ranked) => ({ number, solver, attempt: attempts.get(number)!, score })
  const winners = ranking(terms, scored)
  const table = ranking(everybody(terms), scored)
  return {
    rows: winners.map(named).map(({ solver, attempt, score }) => ({ solver, attempt, score })),
    report: {
      format: 'stellartrain/ranking-report',
      version: 1,
      ...place,
      challenge,
      manifest: inputs.manifestCid,
      engine: { ...engine },
      metric: inputs.manifest.metric,
      scored: scored.length + leftOut.length,
      places: winners.length,
      table: table.map(named).map((row) => ({ ...row, score: String(row.score) })),
      leftOut: leftOut.toSorted((a, b) => a.number - b.number).slice(0, RANKING_MAX_TABLE),
    },
  }
}

/** The same rule with a place for every solver that the report has room for, whatever its score. */
function everybody({ direction, step }: Terms): Parameters<typeof ranking>[0] {
  const threshold = direction === 'maximize' ? -(2n ** 63n) : 2n ** 63n - 1n
  const prizes = Array.from({ length: RANKING_MAX_TABLE }, () => 0n)
  return { payout: { rule: 'ranked', prizes }, threshold, direction, step }
}
