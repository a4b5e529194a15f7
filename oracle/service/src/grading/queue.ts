/** The grading queue: the submissions this oracle owes a vote on. Derived from the chain, kept in memory, lost without harm. */
import type { Entry } from '../chain/entry.ts'
import type { PublicError } from '../errors.ts'
import type { Graded } from './graded.ts'

/**
 * How far one submission's work is.
 * - `voting`: graded, and waiting for its transaction
 * - `waiting_lower`: graded, and waiting for lower numbers, one of which may have the same content
 */
export const STAGES = ['waiting', 'fetching', 'grading', 'waiting_lower', 'voting', 'failed_retrying'] as const
export type Stage = (typeof STAGES)[number]

export type QueueItem = {
  readonly entry: Entry
  stage: Stage
  /** Attempts that failed. */
  attempts: number
  lastError: PublicError | null
  /** The last failure is not expected to go away with another attempt. */
  permanent: boolean
  /** Wall-clock milliseconds before which it is not retried. */
  notBefore: number
  graded?: Graded
}

/** The items of all challenges; numbers of one challenge are unique in it. */
export type GradingQueue = {
  add(entry: Entry): void
  get(challenge: number, number: number): QueueItem | undefined
  /** Items of one challenge, by number. */
  of(challenge: number): QueueItem[]
  /** Forgets all of a challenge but these numbers. */
  keep(challenge: number, numbers: ReadonlySet<number>): void
  drop(challenge: number): void
  all(): QueueItem[]
}

export function createGradingQueue(): GradingQueue {
  const challenges = new Map<number, Map<number, QueueItem>>()
  const of = (challenge: number) => [...(challenges.get(challenge)?.values() ?? [])].sort(byNumber)
  return {
    add(entry) {
      const items = challenges.get(entry.challenge) ?? new Map<number, QueueItem>()
      challenges.set(entry.challenge, items)
      if (items.has(entry.number)) return
      items.set(entry.number, { entry, stage: 'waiting', attempts: 0, lastError: null, permanent: false, notBefore: 0 })
    },
    get: (challenge, number) => challenges.get(challenge)?.get(number),
    of,
    keep(challenge, numbers) {
      const items = challenges.get(challenge)
      for (const key of items?.keys() ?? []) if (!numbers.has(key)) items?.delete(key)
    },
    drop: (challenge) => void challenges.delete(challenge),
    all: () => [...challenges.keys()].sort((a, b) => a - b).flatMap(of),
  }
}

function byNumber(a: QueueItem, b: QueueItem): number {
  return a.entry.number - b.entry.number
}
