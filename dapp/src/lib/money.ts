/** Where a challenge's money is: parts that add up to everything that was ever paid in for prizes. */
import type { Challenge } from './types.ts'

export type MoneyPart = { id: 'paid' | 'held' | 'reserved' | 'left' | 'returned'; label: string; units: bigint }

/** The prize, split. The parts always sum to `total`, because the total is computed from them. */
export function prizeParts(challenge: Challenge): { parts: MoneyPart[]; total: bigint } {
  const money = challenge.money
  const parts: MoneyPart[] = [
    { id: 'paid', label: 'Paid', units: BigInt(challenge.paid) },
    { id: 'held', label: 'Due, not yet delivered', units: BigInt(money.held) },
    { id: 'reserved', label: 'Reserved', units: BigInt(money.reserved) },
    { id: 'left', label: 'Locked for winners', units: BigInt(money.escrow) },
    { id: 'returned', label: 'Returned to the maker', units: BigInt(money.refunded) },
  ]
  return { parts, total: parts.reduce((sum, part) => sum + part.units, 0n) }
}

/** All the contract holds for this challenge at this moment. */
export function heldByContract(challenge: Challenge): bigint {
  const { escrow, reserved, feeBudget, fees, deposits, held } = challenge.money
  return [escrow, reserved, feeBudget, fees, deposits, held].reduce((sum, units) => sum + BigInt(units), 0n)
}
