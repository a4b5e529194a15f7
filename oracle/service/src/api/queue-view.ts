/** The queue as the public may see it: position, age, attempts and the reason of a delay; never content. */
import type { Submission } from '@stellartrain/contracts-client/rules'
import type { PublicError } from '../errors.ts'
import type { QueueItem, Stage } from '../grading/queue.ts'

/** One line of `GET /v1/queue`. `position` counts what is in work in its challenge, by number; `ageSeconds` counts from its ledger. */
export type QueueLine = {
  challenge: number
  number: number
  solver: string
  attempt: number
  position: number
  ageSeconds: number
  state: Stage
  attempts: number
  lastError: PublicError | null
  /** The queue of a bounty moved on without it; it is still graded. */
  passedOver: boolean
  /** A place is kept for it until it has its verdict. */
  kept: boolean
  /** The own vote that a graded one replaces as soon as the file can be had; null before any vote. */
  voted: 'unavailable' | null
}

/** How a submission stands on the ledger, as far as it says why it is still in the queue. */
export type Standing = Readonly<{ passed: boolean; kept: boolean; voted: 'unavailable' | null }>

/** @param seat the own place */
export function standingOf(submission: Submission | undefined, seat: number): Standing {
  const voted = submission?.votes.cast[seat]?.status === 'unavailable' ? 'unavailable' : null
  return { passed: submission?.passed ?? false, kept: submission?.kept ?? false, voted }
}

/** @param items all work in hand, by challenge and number @param nowMs wall-clock milliseconds */
export function viewQueue(
  items: readonly QueueItem[],
  standing: (item: QueueItem) => Standing,
  nowMs: number,
): QueueLine[] {
  const positions = new Map<number, number>()
  return items.map((item) => {
    const { challenge, number, solver, attempt, time } = item.entry
    const position = (positions.get(challenge) ?? 0) + 1
    positions.set(challenge, position)
    const ageSeconds = Math.max(0, Math.floor(nowMs / 1000) - time)
    const { stage: state, attempts, lastError } = item
    const { passed: passedOver, kept, voted } = standing(item)
    const work = { position, ageSeconds, state, attempts, lastError }
    return { challenge, number, solver, attempt, ...work, passedOver, kept, voted }
  })
}
