/** What the flags of a submission say, as the contract stores them (a test reads its source). */

export const FLAGS = {
  /** The prize is due and was not delivered. */
  prizeHeld: 1,
  /** The deposit is due and was not delivered. */
  depositHeld: 2,
  prizePaid: 4,
  /** At least one oracle voted to reject: no part in the silence share. */
  rejectVoted: 8,
  silencePaid: 16,
  /** Unsettled because a quorum could not get or grade it, not because the oracles disagreed. */
  unavailable: 32,
} as const

export type Flag = keyof typeof FLAGS

/** Whether any of these flags is set. */
export function hasFlag(flags: number, ...anyOf: Flag[]): boolean {
  return anyOf.some((flag) => (flags & FLAGS[flag]) !== 0)
}
