/** Which votes go into the next transaction: consecutive numbers from the own cursor on, as many as are ready. Pure. */
import { type OwnVerdict, unavailable } from '../grading/verdict.ts'

/** The contract takes at most this many votes in a call. */
export const MAX_BATCH = 40

/** How far a submission's work is, as voting needs to know it. `since` is its ledger time in unix seconds. */
export type Progress = Readonly<{ since: bigint; verdict?: OwnVerdict; failed: boolean }>

export type Batch = readonly Readonly<{ number: number; verdict: OwnVerdict }>[]

/**
 * The next batch, possibly empty. A submission that failed repeatedly is voted `Unavailable` once it has waited
 * `patience`, so that the queue moves on; one that is still being worked on ends the batch, for votes must have no gap.
 */
export function nextBatch(
  owed: { first: number; last: number },
  progressOf: (number: number) => Progress | undefined,
  { patience, now, max = MAX_BATCH }: { patience: bigint; now: bigint; max?: number },
): Batch {
  const batch: { number: number; verdict: OwnVerdict }[] = []
  for (let number = owed.first; number <= owed.last && batch.length < max; number++) {
    const progress = progressOf(number)
    const verdict = progress && (progress.verdict ?? (gaveUp(progress, patience, now) ? unavailable : undefined))
    if (verdict === undefined) break
    batch.push({ number, verdict })
  }
  return batch
}

function gaveUp(progress: Progress, patience: bigint, now: bigint): boolean {
  return progress.failed && now >= progress.since + patience
}
