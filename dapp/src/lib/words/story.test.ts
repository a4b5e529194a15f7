import { expect, it } from 'vitest'
import { bounty, GRADE_BY, NOW, pending, placeOf, ranked, score, scored } from '../../testing/facts.ts'
import type { Challenge, Submission, Transaction } from '../read/types.ts'
import { transactionStory } from './story.ts'

const transaction = { hash: 'bb', events: [] } as unknown as Transaction
const told = (challenge: Challenge, submission: Submission, now = NOW) =>
  transactionStory(transaction, challenge, [submission], now)[0]

it('a payment gives the reason that the rule had, as the submission’s own page does', () => {
  const start = 'GSSS…SSSS was paid'
  const paid = { ...scored(0.95), place: 1, won: true, flags: { ...pending.flags, prizePaid: true } }
  const concluded = { concluded: 1, scored: 1, head: 1, winners: 1, due: 1 }
  expect(told({ ...bounty, ...concluded, board: [placeOf(1, 'S', { paid: true })] }, paid)).toBe(
    `${start} 50 USDC for submission 1 of “Coffee grades”: 0.95 ≥ 0.9, one of at most 3 winners.`,
  )
  const board = [placeOf(1, 'S', { score: score(0.91), prize: '600000000', paid: true })]
  expect(told({ ...ranked, ...concluded, ranking: 'oracles', board }, paid, GRADE_BY)).toBe(
    `${start} 60 USDC for submission 1 of “Coffee grades”: first place with 0.91 on the private rows.`,
  )
  const labels: Challenge = { ...bounty, ...concluded, payout: { rule: 'per_unit', rate: '5000000', maxUnits: 20 } }
  expect(told(labels, { ...scored(1), units: 12, acceptedUnits: 12 })).toBe(
    `${start} 6 USDC for submission 1 of “Coffee grades”: 12 labels at 0.5 USDC.`,
  )
})

it('own money that came back is not called a prize', () => {
  expect(told({ ...bounty, concluded: 1, head: 1, scored: 1 }, scored(0.5, '10000000'))).toBe(
    'GSSS…SSSS got 1 USDC of its own money back for submission 1 of “Coffee grades”. Nothing won: 0.5 is below the threshold 0.9.',
  )
})
