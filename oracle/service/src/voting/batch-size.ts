/** How large a batch may be, and whose payment is held: what the network refused is retried smaller, then without the transfer. */
import { MAX_BATCH } from './votes.ts'

const SINGLE_FAILURES = 3

export type BatchSizes = {
  /** The most votes to send at once in this challenge. */
  limit(challenge: number): number
  /** Whether a payment to this solver is left to `release_payment`. */
  held(challenge: number, solver: string): boolean
  /** The network could not run a batch: half of it next time. A single vote that fails three times is sent without its payment. */
  shrink(challenge: number, solvers: readonly string[]): void
  /** A batch was accepted: the next one may be larger. */
  grow(challenge: number): void
}

export function createBatchSizes(): BatchSizes {
  const limits = new Map<number, number>()
  const held = new Set<string>()
  const singles = new Map<string, number>()
  const limit = (challenge: number) => limits.get(challenge) ?? MAX_BATCH
  return {
    limit,
    held: (challenge, solver) => held.has(`${challenge}/${solver}`),
    shrink(challenge, solvers) {
      if (solvers.length === 1) {
        // One failure may be the network's, and a held payment costs its receiver another call.
        const name = `${challenge}/${solvers[0]}`
        const failures = (singles.get(name) ?? 0) + 1
        singles.set(name, failures)
        if (failures >= SINGLE_FAILURES) held.add(name)
      } else limits.set(challenge, Math.max(1, Math.floor(solvers.length / 2)))
    },
    grow(challenge) {
      const next = limit(challenge) * 2
      if (next >= MAX_BATCH) limits.delete(challenge)
      else limits.set(challenge, next)
    },
  }
}
