/** The payout rules that this oracle serves. It refuses a challenge with another rule, and says so. */
import type { Payout } from '@stellartrain/contracts-client'
import type { Refusal } from './refusal.ts'

/** Names as on-chain. */
export const SERVED_RULES: readonly Payout['tag'][] = ['Bounty', 'Ranked', 'PerUnit']

/** Undefined for a rule that is served. A newer contract may have rules that are not. */
export function refuseRule({ payout }: { payout: Payout }): Refusal | undefined {
  const { tag } = payout
  if (SERVED_RULES.some((served) => served === tag)) return undefined
  const served = SERVED_RULES.join(', ')
  return {
    code: 'rule_not_supported',
    message: `This oracle does not grade challenges with the payout rule ${tag}; it serves ${served}.`,
  }
}
