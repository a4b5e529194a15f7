/**
 * Who answers late takes the senders of those who do, too, and nobody else's: each endpoint is sent to in one of three lanes, each with
 * senders of its own.
 */

/** Those that answer quickly, those that do not, and those that never answered. */
export const LANES = ['quick', 'slow', 'new'] as const
export type Lane = (typeof LANES)[number]

/** Milliseconds; who needs more on its bad days is slow. */
const QUICK_MS = 1_000

/** The lane of endpoint `e`, in SQL. */
export const laneOf = (e: string): string =>
  `case when not ${e}.proven then 'new' when ${e}.pace > ${QUICK_MS} then 'slow' else 'quick' end`

/** The pace after an attempt of so many milliseconds: one late answer is forgotten only after a dozen quick ones. */
export const paceSql = (milliseconds: string): string => `greatest(${milliseconds}::int, pace * 4 / 5)`
