/** Which of the last steps of a challenge are possible now, and for whom. Pure. */
import type { Challenge } from './types.ts'

export type Closing = {
  cancel: boolean
  /** Base units that anyone may send to the maker; 0 when there is nothing or it is too early. */
  close: bigint
  /** The connected maker may open the truth. */
  open: boolean
}

export function closingOf(challenge: Challenge, address: string | undefined, now: number): Closing {
  const { state, money, maker } = challenge
  const accepted = challenge.oracles.every((oracle) => oracle.accepted)
  const over = state === 'ended' || state === 'expired'
  const mine = address === maker
  return {
    cancel: !accepted && state !== 'cancelled' && (mine || now >= Date.parse(challenge.acceptBy)),
    close: over && accepted ? BigInt(money.escrow) + BigInt(money.feeBudget) : 0n,
    open: over && mine && challenge.opensTruth && !challenge.reveals.some((reveal) => reveal.by === maker),
  }
}
