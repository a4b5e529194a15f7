import { describe, expect, it } from 'vitest'
import { heldByContract, prizeParts } from './money.ts'

const nothing = {
  escrow: '0',
  reserved: '0',
  prizes: '0',
  budget: '0',
  heldFees: '0',
  rankingFees: '0',
  fees: '0',
  deposits: '0',
  carried: '0',
  owed: '0',
  unclaimed: '0',
  added: '0',
  feesAdded: '0',
  paid: '0',
  refunded: '0',
}
const units = (challenge: Parameters<typeof prizeParts>[0]) =>
  Object.fromEntries(
    prizeParts(challenge)
      .parts.filter((part) => part.units! > 0n)
      .map((part) => [part.id, part.units]),
  )

describe('the money bar', () => {
  it('adds up to the prize while it is open, half won, and with a prize set aside', () => {
    const challenge = { prize: '150', paid: '50', money: { ...nothing, escrow: '50', prizes: '50' } }
    expect(units(challenge)).toEqual({ paid: 50n, left: 50n, due: 50n })
    expect(prizeParts(challenge).total).toBe(150n)
  })
  it('does not count returned fees as prize', () => {
    const challenge = { prize: '50', paid: '0', money: { ...nothing, refunded: '98', fees: '2' } }
    expect(units(challenge)).toEqual({ returned: 50n })
    expect(prizeParts(challenge).total).toBe(50n)
  })
  it('counts pay of batches that could not be sent as due, and no deposits as prize', () => {
    const challenge = { prize: '50', paid: '10', money: { ...nothing, escrow: '30', owed: '12', deposits: '9' } }
    expect(units(challenge)).toEqual({ paid: 10n, left: 30n, due: 10n })
    expect(prizeParts(challenge).total).toBe(50n)
  })
  it('shows what labelers earned and did not claim, and what was added since', () => {
    const challenge = { prize: '50', paid: '10', money: { ...nothing, escrow: '40', unclaimed: '20', added: '20' } }
    expect(units(challenge)).toEqual({ paid: 10n, unclaimed: 20n, left: 40n })
    expect(prizeParts(challenge).total).toBe(70n)
  })
  it('counts everything that the contract holds', () => {
    expect(
      heldByContract({
        money: {
          ...nothing,
          ...{ escrow: '5', budget: '3', fees: '2', deposits: '1', prizes: '4', unclaimed: '6' },
          ...{ heldFees: '7', rankingFees: '8', carried: '9', owed: '10' },
        },
      }),
    ).toBe(55n)
  })
})
