/** Gaps in what is known of a challenge: normal for a moment, because counters and events are read one after the other. */

export type Gaps = {
  /** Whether the same submission has been missing for so long that its event must have been lost. */
  lasting(challenge: number, missing: readonly number[], nowMs: number): boolean
}

/** Longer than any ledger and any page of events takes. */
const LASTING_MS = 3_000

export function createGaps(): Gaps {
  const since = new Map<number, { number: number; at: number }>()
  return {
    lasting(challenge, [number], nowMs) {
      const known = since.get(challenge)
      if (number === undefined) since.delete(challenge)
      else if (known?.number !== number) since.set(challenge, { number, at: nowMs })
      else return nowMs - known.at >= LASTING_MS
      return false
    },
  }
}
