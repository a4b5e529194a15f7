/** The queue as the public may see it: position, age, attempts and the reason of a delay; never content. */
import type { PublicError } from '../errors.ts'
import type { QueueItem, Stage } from '../grading/queue.ts'

/** One line of `GET /v1/queue`. `position` 1 is the next vote of its challenge; `ageSeconds` counts from its ledger. */
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
}

/** @param items all work in hand, by challenge and number; @param nowMs wall-clock milliseconds */
export function viewQueue(items: readonly QueueItem[], nowMs: number): QueueLine[] {
  const positions = new Map<number, number>()
  return items.map((item) => {
    const { challenge, number, solver, attempt, time } = item.entry
    const position = (positions.get(challenge) ?? 0) + 1
    positions.set(challenge, position)
    const ageSeconds = Math.max(0, Math.floor(nowMs / 1000) - Number(time))
    const { stage: state, attempts, lastError } = item
    return { challenge, number, solver, attempt, position, ageSeconds, state, attempts, lastError }
  })
}
