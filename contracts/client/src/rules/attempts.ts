/** How often a solver may try, in all and per day; failures count, `contracts/model/src/attempts.rs`. */
import type { Terms } from './facts.ts'

/** Seconds; days change at midnight UTC. */
const DAY = 86_400

/** A solver's record in one challenge. */
export type Attempts = {
  /** So far, which is also the last attempt's number. */
  count: number
  /** The day of the last one, ⌊time ÷ 86,400⌋. */
  day: number
  /** How many of them on that day. */
  today: number
}

export const NO_ATTEMPTS: Attempts = { count: 0, day: 0, today: 0 }

/** How many attempts are left to a solver, in all and of these today. `now` in unix seconds. */
export function attemptsLeft(
  terms: Pick<Terms, 'attempts' | 'attemptsPerDay'>,
  { count, day, today }: Attempts,
  now: number,
): { all: number; today: number } {
  const all = Math.max(0, terms.attempts - count)
  const used = day === Math.floor(now / DAY) ? today : 0
  return { all, today: Math.min(all, Math.max(0, terms.attemptsPerDay - used)) }
}

/** The record after one more attempt. */
export function tryOnce({ count, day, today }: Attempts, now: number): Attempts {
  const current = Math.floor(now / DAY)
  return { count: count + 1, day: current, today: (day === current ? today : 0) + 1 }
}
