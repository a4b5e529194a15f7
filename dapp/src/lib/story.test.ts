import { describe, expect, it } from 'vitest'
import { storyOf } from './story.ts'
import type { Challenge, Submission, Transaction } from './types.ts'

const transaction = { hash: 'aa', events: [] } as unknown as Transaction
const challenge = (payout: unknown) =>
  ({
    id: 1,
    info: { title: 'Coffee grades' },
    asset: { code: 'XLM', decimals: 7, contract: 'C' },
    direction: 'maximize',
    threshold: { value: 0.6, units: '6000000' },
    payout,
  }) as unknown as Challenge
const submission = (patch: unknown) =>
  ({
    number: 3,
    solver: `GCKK${'A'.repeat(48)}3NCM`,
    prize: '100000000',
    score: { value: 0.65, units: '6500000' },
    payment: { tx: 'aa', at: '2026-11-29T00:00:00Z', amount: '100000000' },
    ...(patch as object),
  }) as unknown as Submission

describe('the story of a payment', () => {
  it('gives the reason that the rule had', () => {
    const told = (payout: unknown, patch: unknown) => storyOf(transaction, challenge(payout), [submission(patch)])[0]
    const start = 'GCKK…3NCM was paid 10 XLM for submission 3 of Coffee grades'
    expect(told({ rule: 'bounty' }, {})).toBe(`${start}, because 0.65 ≥ 0.6.`)
    expect(told({ rule: 'ranked' }, { place: 3 })).toBe(`${start}, for the 3rd place of the ranking.`)
    expect(told({ rule: 'per_unit' }, { acceptedUnits: 12 })).toBe(`${start}, for 12 accepted labels.`)
  })
})
