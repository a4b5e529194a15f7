import { describe, expect, it } from 'vitest'
import { heldByContract, prizeParts } from './money.ts'

const nothing = {
  escrow: '0',
  reserved: '0',
  feeBudget: '0',
  fees: '0',
  deposits: '0',
  held: '0',
  unclaimed: '0',
  added: '0',
  paid: '0',
  refunded: '0',
}
const units = (challenge: Parameters<typeof prizeParts>[0]) =>
  Object.fromEntries(
    prizeParts(challenge)
      .parts.filter((part) => part.units > 0n)
      .map((part) => [part.id, part.units]),
  )

describe('the money bar', () => {
  it('adds up to the prize while it is open, half won, and with a payment held', () => {
    const challenge = { prize: '150', paid: '50', money: { ...nothing, escrow: '50', held: '50' } }
    expect(units(challenge)).toEqual({ paid: 50n, left: 50n, held: 50n })
    expect(prizeParts(challenge).total).toBe(150n)
  })
  it('does not count returned fees as prize', () => {
    const challenge = { prize: '50', paid: '0', money: { ...nothing, refunded: '98', fees: '2' } }
    expect(units(challenge)).toEqual({ returned: 50n })
    expect(prizeParts(challenge).total).toBe(50n)
  })
  it('shows what lost deposits added', () => {
    expect(prizeParts({ prize: '50', paid: '0', money: { ...nothing, escrow: '51' } }).total).toBe(51n)
  })
  it('shows what labelers earned and did not claim, and what was added since', () => {
    const challenge = { prize: '50', paid: '10', money: { ...nothing, escrow: '40', unclaimed: '20', added: '20' } }
    expect(units(challenge)).toEqual({ paid: 10n, unclaimed: 20n, left: 40n })
    expect(prizeParts(challenge).total).toBe(70n)
  })
  it('counts everything that the contract holds', () => {
    expect(
      heldByContract({
        money: { ...nothing, escrow: '5', feeBudget: '3', fees: '2', deposits: '1', held: '4', unclaimed: '6' },
      }),
    ).toBe(21n)
  })
})
