/** What a payout rule promises, and what a maker must therefore pay in. */
import type { Payout } from '../generated/types.js'

/** All rewards of a bounty or all prizes of a ranking; undefined for rules whose prize the maker chooses. */
export function promisedPrize(payout: Payout): bigint | undefined {
  switch (payout.tag) {
    case 'Bounty':
      return payout.values[0].reward * BigInt(payout.values[0].winners)
    case 'Ranked':
      return payout.values[0].prizes.reduce((sum, prize) => sum + prize, 0n)
    default:
      return undefined
  }
}
