/** The report of a ranking: every solver's best private score, and what could not be counted (docs/formats.md, 6). */
import * as z from 'zod/mini'
import {
  address,
  cid,
  contract,
  count,
  encodeDocument,
  hex32,
  list,
  parseDocument,
  positive,
  textOf,
} from '../json/fields.ts'
import { metricSchema } from './manifest.ts'
import { scoreUnits } from './report.ts'

export const RANKING_MAX_BYTES = 1024 * 1024
/** Solvers that a report names; the best ones where there are more. */
export const RANKING_MAX_TABLE = 1_000
const what = { code: 'bad_report', name: 'ranking report', maxBytes: RANKING_MAX_BYTES } as const

const row = z.strictObject({ number: positive, solver: address, attempt: positive, score: scoreUnits })

const leftOut = z.strictObject({
  number: positive,
  why: z.enum(['unavailable', 'differs', 'no_score']),
})

/** Nothing in it says who made it: oracles that come to the same ranking publish the same bytes. */
export const rankingSchema = z
  .strictObject({
    format: z.literal('stellartrain/ranking-report'),
    version: z.literal(1),
    network: hex32,
    contract,
    challenge: positive,
    manifest: cid,
    engine: z.strictObject({ name: textOf(100), version: textOf(50) }),
    metric: metricSchema,
    scored: count,
    places: count,
    table: list(row, 0, RANKING_MAX_TABLE, (one) => one.solver),
    leftOut: list(leftOut, 0, RANKING_MAX_TABLE, (one) => String(one.number)),
  })
  .check(
    z.refine((report) => report.places <= report.table.length, {
      path: ['places'],
      error: 'more places than solvers',
    }),
  )

export type RankingReport = z.output<typeof rankingSchema>

/** @throws ContentError `bad_report` */
export function parseRanking(bytes: Uint8Array): RankingReport {
  return parseDocument(rankingSchema, bytes, what)
}

/** The bytes to pin. @throws ContentError `bad_report` */
export function encodeRanking(report: RankingReport): Uint8Array<ArrayBuffer> {
  return encodeDocument(rankingSchema, report, what)
}
