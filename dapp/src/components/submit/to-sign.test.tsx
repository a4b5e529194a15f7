import { expect, it } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { address, bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { ToSign } from './to-sign.tsx'

const terms = (deposit: bigint, carry: bigint) =>
  ({ at: 'clear', terms: { attempt: 2, attemptsLeft: 3, attemptsLeftToday: 3, deposit, carry } }) as const
const text = (challenge: Challenge, standing: ReturnType<typeof terms> | { at: 'unknown' }) =>
  show(() => <ToSign challenge={challenge} standing={standing} />).textContent ?? ''

it('says what the one signature moves, and that anything else is refused', () => {
  const both = text(bounty, terms(10_000_000n, 2_000_000n))
  expect(both).toContain('submits attempt 2 to challenge 7 and moves 1.2 USDC into the contract')
  expect(both).toContain('a deposit of 1 USDC and 0.2 USDC for its own grading')
  expect(both).toContain('the prize’s token asks for your signature on anything else, this page refuses')
  expect(text(bounty, terms(0n, 0n))).toContain('moves no money.')
  expect(text({ ...bounty, gate: address('G', 'C') }, terms(0n, 0n))).toContain('token or the gate asks')
  expect(text(bounty, { at: 'unknown' })).toBe('')
})

it('says what a copy costs where copies earn nothing', () => {
  expect(text(bounty, terms(0n, 0n))).not.toContain('copy')
  expect(text({ ...bounty, uniqueContent: true }, terms(0n, 0n))).toContain('up to 0.2 USDC of the deposit')
})
