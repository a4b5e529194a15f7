/** Where a challenge's money is: parts that add up to the whole prize. */

import type { Challenge } from '../read/types.ts'
import { paysLabels } from './payout.ts'

export type MoneyPart = {
  id: 'paid' | 'due' | 'unclaimed' | 'reserved' | 'left' | 'returned'
  label: string
  /** null: not known. */
  units: bigint | null
}

type Prize = Pick<Challenge, 'prize' | 'paid' | 'money'> & Partial<Pick<Challenge, 'payout'>>

/**
 * The prize, split. What went back to the maker also holds the rest of the fee budget, so only the prize's own part of it counts; pay
 * of batches that could not be sent is due like a prize.
 */
export function prizeParts({ prize, paid, money, payout }: Prize): { parts: MoneyPart[]; total: bigint | null } {
  const [prizes, unclaimed, reserved, left, owed] = [
    ...[money.prizes, money.unclaimed, money.reserved, money.escrow, money.owed],
  ].map(BigInt) as [bigint, bigint, bigint, bigint, bigint]
  const [whole, done, refunded] = [sumOf(prize, money.added), sumOf(paid), sumOf(money.refunded)]
  const known = whole !== null && done !== null
  const rest = known ? atLeast0(whole - done - prizes - unclaimed - reserved - left) : null
  // What is neither sent, due nor left went back, or is owed for batches: one of them tells the other, unless both are there.
  const returned = rest === null ? null : refunded !== null ? least(rest, refunded) : owed === 0n ? rest : null
  const pay = rest !== null && returned !== null ? least(rest - returned, owed) : 0n
  const parts: MoneyPart[] = [
    { id: 'paid', label: 'Paid', units: done },
    { id: 'due', label: 'Set aside, not yet sent', units: prizes + pay },
    { id: 'unclaimed', label: 'Earned, not yet claimed', units: unclaimed },
    { id: 'reserved', label: 'Reserved for batches', units: reserved },
    { id: 'left', label: payout && paysLabels({ payout }) ? 'Locked for labelers' : 'Locked for winners', units: left },
    { id: 'returned', label: 'Returned to the maker', units: returned },
  ]
  const total = parts.reduce<bigint | null>(
    (sum, { units }) => (sum === null || units === null ? null : sum + units),
    0n,
  )
  return { parts, total: total ?? whole }
}

/** null if one of them is. */
const sumOf = (...amounts: (string | null)[]): bigint | null =>
  amounts.reduce<bigint | null>((sum, one) => (sum === null || one === null ? null : sum + BigInt(one)), 0n)

const atLeast0 = (units: bigint): bigint => (units > 0n ? units : 0n)
const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)

/** What the contract holds beside the prize: whose it is, and how much. */
export function besidePrize({ money }: Pick<Challenge, 'money'>): { name: string; units: bigint }[] {
  return (
    [
      ['Fee budget, unused', money.budget],
      ['Set aside for grading', money.heldFees],
      ['Set aside for the ranking', money.rankingFees],
      ['Earned by the oracles', money.fees],
      ['Deposits of open submissions', money.deposits],
      ['Fees that open submissions carry', money.carried],
      ['Solvers’ own money, due to them', money.owed],
    ] as const
  ).map(([name, units]) => ({ name, units: BigInt(units) }))
}

/** All the contract holds for this challenge at this moment. */
export function heldByContract(challenge: Pick<Challenge, 'money'>): bigint {
  const { escrow, reserved, prizes, unclaimed } = challenge.money
  const prize = [escrow, reserved, prizes, unclaimed].reduce((sum, units) => sum + BigInt(units), 0n)
  return besidePrize(challenge).reduce((sum, { units }) => sum + units, prize)
}
