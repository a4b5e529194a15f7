/** Private scores, kept in memory until the ranking: computed with the public ones, lost without harm, never shown. */

/** Units of 1e-7, as graded; null where the metric has no value on the private rows. */
export type PrivateScore = Readonly<{ score: bigint | null; contentHash: string }>

export type PrivateScores = {
  note(challenge: number, number: number, found: PrivateScore): void
  get(challenge: number, number: number): PrivateScore | undefined
  /** Counts a failed attempt; returns how many there were. */
  failed(challenge: number, number: number): number
  drop(challenge: number): void
}

export function createPrivateScores(): PrivateScores {
  const found = new Map<number, Map<number, PrivateScore>>()
  const attempts = new Map<number, Map<number, number>>()
  const of = <T>(all: Map<number, Map<number, T>>, challenge: number): Map<number, T> => {
    const known = all.get(challenge) ?? new Map<number, T>()
    all.set(challenge, known)
    return known
  }
  return {
    note: (challenge, number, score) => void of(found, challenge).set(number, score),
    get: (challenge, number) => found.get(challenge)?.get(number),
    failed(challenge, number) {
      const counts = of(attempts, challenge)
      const count = (counts.get(number) ?? 0) + 1
      counts.set(number, count)
      return count
    },
    drop(challenge) {
      found.delete(challenge)
      attempts.delete(challenge)
    },
  }
}
