/** Where a challenge's money is: parts that add up to the whole prize. */
import { paysLabels } from './payout.ts'
import type { Challenge } from './types.ts'

export type MoneyPart = {
  id: 'paid' | 'held' | 'unclaimed' | 'reserved' | 'left' | 'returned'
  label: string
  units: bigint
}

type Prize = Pick<Challenge, 'prize' | 'paid' | 'money'> & Partial<Pick<Challenge, 'payout'>>

/**
 * The prize, split. What went back to the maker also holds the rest of the fee budget, so only the prize's own part of it counts.
 * The total is the sum of the parts: the prize, and what lost deposits added to it.
 */
export function prizeParts({ prize, paid, money, payout }: Prize): { parts: MoneyPart[]; total: bigint } {
  const [done, held, unclaimed, reserved, left] = [
    ...[paid, money.held, money.unclaimed, money.reserved, money.escrow],
  ].map(BigInt) as [bigint, bigint, bigint, bigint, bigint]
  const rest = BigInt(prize) + BigInt(money.added) - done - held - unclaimed - reserved - left
  const refunded = BigInt(money.refunded)
  const returned = rest <= 0n ? 0n : rest < refunded ? rest : refunded
  const parts: MoneyPart[] = [
    { id: 'paid', label: 'Paid', units: done },
    { id: 'held', label: 'Due, not yet delivered', units: held },
    { id: 'unclaimed', label: 'Earned, not yet claimed', units: unclaimed },
    { id: 'reserved', label: 'Reserved for batches', units: reserved },
    { id: 'left', label: payout && paysLabels({ payout }) ? 'Locked for labelers' : 'Locked for winners', units: left },
    { id: 'returned', label: 'Returned to the maker', units: returned },
  ]
  return { parts, total: parts.reduce((sum, part) => sum + part.units, 0n) }
}

/** All the contract holds for this challenge at this moment. */
export function heldByContract({ money }: Pick<Challenge, 'money'>): bigint {
  const { escrow, reserved, feeBudget, fees, deposits, held, unclaimed } = money
  return [escrow, reserved, feeBudget, fees, deposits, held, unclaimed].reduce((sum, units) => sum + BigInt(units), 0n)
}
