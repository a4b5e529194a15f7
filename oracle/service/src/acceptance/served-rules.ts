/** The payout rules that this oracle serves. It refuses a challenge with another rule, and says so. */
import type { Payout } from '@stellartrain/contracts-client'
import type { Refusal } from './refusal.ts'

/** Names as on-chain, of what is graded here. */
const GRADED: readonly Payout['tag'][] = ['Bounty', 'Ranked', 'PerUnit']

export const servedRules = (earnings: boolean): readonly Payout['tag'][] =>
  earnings ? [...GRADED, 'Earnings'] : GRADED

/** Undefined for a rule that is served. A newer contract may have rules that are not. `earnings`: as its operator has set. */
export function refuseRule({ payout }: { payout: Payout }, earnings = false): Refusal | undefined {
  const { tag } = payout
  const served = servedRules(earnings)
  if (served.some((one) => one === tag)) return undefined
  const message =
    tag === 'Earnings'
      ? 'Of a challenge that pays by Earnings nothing can be graded: its oracles post amounts by hand (stellartrain earnings post). The operator of this oracle has not said that it will: ORACLE_EARNINGS=yes.'
      : `This oracle does not grade challenges with the payout rule ${tag}; it serves ${served.join(', ')}.`
  return { code: 'rule_not_supported', message }
}
