/** What a judge that grades costs whom, about: transactions and fees by the committed figures (`contracts/recount/snapshots/cost.json`). */
import type { Rules as RecountRules } from '../../generated/recount/types.js'
import { FORM_CHUNK } from './limits.ts'

/** Stroops of a full chunk, rounded up; a test compares them with the figures. */
export const CHUNK_FEES = { configure: 1_200_000n, truthOfLabels: 700_000n, truthOfNumbers: 1_600_000n, work: 650_000n }

/** Bytes of a form before its first row: 21, and the column's name. */
const HEADER = 21

export type OpeningCost = { transactions: number; stroops: bigint }
export type RecountCost = {
  /** The maker's, once. */
  configureStroops: bigint
  /** Of whoever opens the truth. */
  truth: OpeningCost
  /** Of whoever opens one work. */
  work: OpeningCost
}

/** @param ranked whether a truth says of each row if it is private */
export function recountCost(rules: RecountRules, rows: number, ranked = false): RecountCost {
  const label = 4 + Math.max(0, ...rules.classes.map(({ length }) => length))
  // Scores are numbers, and their truth is labels.
  const numbers = rules.numbers || rules.classes.length === 0
  const scores = !numbers && rules.metric === AREA
  const of = (cell: number, perChunk: bigint): OpeningCost => {
    const transactions = Math.ceil((HEADER + rows * cell) / FORM_CHUNK)
    return { transactions, stroops: BigInt(transactions) * perChunk }
  }
  return {
    configureStroops: CHUNK_FEES.configure,
    truth: of((numbers ? 8 : label) + (ranked ? 1 : 0), numbers ? CHUNK_FEES.truthOfNumbers : CHUNK_FEES.truthOfLabels),
    work: of(numbers || scores ? 8 : label, CHUNK_FEES.work),
  }
}

/** Metric::RocAuc. */
const AREA = 17
