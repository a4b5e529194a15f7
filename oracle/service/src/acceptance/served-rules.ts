/** The payout rules that this oracle serves. It refuses a challenge with another rule, and says so. */
import { fromDecimal, type Payout } from '@stellartrain/contracts-client'
import type { Refusal } from '../refusal.ts'

/** Names as on-chain. Of `Earnings` those are served whose amounts follow from batches of labels; others where the operator posts them. */
const SERVED: readonly Payout['tag'][] = ['Bounty', 'Ranked', 'PerUnit', 'Earnings']

export const servedRules = (): readonly Payout['tag'][] => SERVED

/** Undefined for a rule that is served. A newer contract may have rules that are not. */
export function refuseRule({ payout }: { payout: Payout }): Refusal | undefined {
  const { tag } = payout
  if (SERVED.some((one) => one === tag)) return undefined
  const message = `This oracle does not grade challenges with the payout rule ${tag}; it serves ${SERVED.join(', ')}.`
  return { code: 'rule_not_supported', message }
}

/** Amounts that are made elsewhere need somebody who posts them. `posts`: as its operator has set. */
export function refuseByHand(posts: boolean): Refusal | undefined {
  if (posts) return undefined
  return {
    code: 'rule_not_supported',
    message:
      'Of this challenge, which pays by Earnings, nothing can be graded: its manifest has no items to label with a rate and an overlap, so its oracles post amounts by hand (stellartrain earnings post). The operator of this oracle has not said that it will: ORACLE_EARNINGS=yes.',
  }
}

/** @param perItem of a manifest whose earnings follow from batches of labels @param decimals of the challenge's token */
export function refuseRate(perItem: string, decimals: number): Refusal | undefined {
  const code = 'rate_unusable'
  try {
    if (fromDecimal(perItem, decimals) > 0n) return undefined
  } catch (error) {
    // No batch could be paid by it, and whoever leased one would have labeled for nothing.
    if (error instanceof RangeError) return { code, message: `What an accepted answer earns: ${error.message}.` }
    throw error
  }
  return { code, message: 'An accepted answer earns nothing.' }
}
