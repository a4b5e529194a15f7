/** What grading found out about one submission: the vote that this oracle will post, as a value. */
import { Verdict } from '@stellartrain/contracts-client'

/** `score` in units of 1e-7, rounded to the challenge's step; `contentHash` 32 bytes, zero unless scored; `rows` graded, 0 unless scored. */
export type OwnVerdict = Readonly<{
  kind: typeof Verdict.Scored | typeof Verdict.Rejected | typeof Verdict.Unavailable
  reason: number
  score: bigint
  contentHash: Uint8Array
  units: number
  rows: number
}>

const UNSCORED = { reason: 0, score: 0n, contentHash: new Uint8Array(32), units: 0, rows: 0 } as const

/** `units`: accepted ones of a batch of labels. */
export function scored(score: bigint, contentHash: Uint8Array, rows: number, units = 0): OwnVerdict {
  return { kind: Verdict.Scored, reason: 0, score, contentHash, units, rows }
}

export function rejected(reason: number): OwnVerdict {
  return { ...UNSCORED, kind: Verdict.Rejected, reason }
}

export const unavailable: OwnVerdict = { ...UNSCORED, kind: Verdict.Unavailable }
