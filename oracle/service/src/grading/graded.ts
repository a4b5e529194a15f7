/** What grading found out about one submission: what this oracle will vote, unless it turns out to be a copy. */
import type { Verdict } from '@stellartrain/contracts-client/rules'

export type GradedVerdict = Exclude<Verdict, { status: 'unavailable' }>

/**
 * `rows`: how many were graded, 0 unless scored. A score is in units of 1e-7, as graded. `says`: why the maker's evaluator refused it, in
 * a text of its own source.
 */
export type Graded = Readonly<{ verdict: GradedVerdict; rows: number; says?: string | undefined }>

/** `content`: its hash in hex; `units`: accepted ones of a batch of labels. */
export function scored(score: bigint, content: string, rows: number, units = 0): Graded {
  return { verdict: { status: 'scored', score, content, units }, rows }
}

export const rejected = (reason: number, says?: string): Graded => ({
  verdict: { status: 'rejected', reason },
  rows: 0,
  says,
})
