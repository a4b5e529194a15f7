/** What this oracle found out about one submission: the vote that it would cast, as a value. */

/** The votes that can be cast; numbers are the contract's `Verdict`. */
export const SCORED = 1
export const REJECTED = 3
export const UNAVAILABLE = 6

/** `score` in units of 1e-7, rounded to the challenge's step; `contentHash` 32 bytes, zero unless scored; `rows` graded, 0 unless scored. */
export type Ballot = Readonly<{
  verdict: typeof SCORED | typeof REJECTED | typeof UNAVAILABLE
  reason: number
  score: bigint
  contentHash: Uint8Array
  units: number
  rows: number
}>

const NO_HASH: Uint8Array = new Uint8Array(32)

/** `units`: accepted ones of a batch of labels. */
export function scored(score: bigint, contentHash: Uint8Array, rows: number, units = 0): Ballot {
  return { verdict: SCORED, reason: 0, score, contentHash, units, rows }
}

export function rejected(reason: number): Ballot {
  return { verdict: REJECTED, reason, score: 0n, contentHash: NO_HASH, units: 0, rows: 0 }
}

export const unavailable: Ballot = {
  verdict: UNAVAILABLE,
  reason: 0,
  score: 0n,
  contentHash: NO_HASH,
  units: 0,
  rows: 0,
}
