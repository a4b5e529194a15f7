/** When an oracle is sure that content is, or is no, copy: the boundaries that random moments seldom meet. */
import { expect, test } from 'vitest'
import { copyOf } from './duties.ts'
import type { Decision, Submission, Verdict } from './facts.ts'

const TERMS = { payout: { rule: 'bounty', reward: 1n, winners: 1 }, gradeBy: 140, patience: 10 } as const
const SCORED: Verdict = { status: 'scored', score: 95n, content: '05', units: 0 }
const REJECTED: Verdict = { status: 'rejected', reason: 1 }
const UNAVAILABLE: Verdict = { status: 'unavailable' }

const lower = (own: Verdict | null, decision: Decision | null = null): Submission => ({
  number: 1,
  solver: 'A',
  time: 30,
  units: 0,
  votes: { cast: [own], mth: null, decision },
  status: { status: 'pending' },
  carried: false,
  passed: false,
  kept: false,
  held: false,
  prizePaid: false,
  byJudge: false,
})

const asked = (it: Submission, now: number, solver = 'B', content = '05') =>
  copyOf(TERMS, solver, content, [it], ({ votes }) => votes.cast[0] ?? undefined, now)

test('before the last patience of voting an oracle waits for the verdict, in it its own vote counts', () => {
  const at = (it: Submission) => [asked(it, 129), asked(it, 130)]
  expect(at(lower(SCORED))).toEqual(['wait', 'copy'])
  expect(at(lower(UNAVAILABLE))).toEqual(['wait', 'none'])
  expect(at(lower(REJECTED))).toEqual(['none', 'none'])
  expect(at(lower(null))).toEqual(['wait', 'wait'])
})

test('a verdict decides whatever the oracle voted itself, and only a score with the same content takes it', () => {
  const decided = (verdict: Verdict, own: Verdict | null = null) => lower(own, { verdict, by: [0] })
  expect(asked(decided(SCORED, REJECTED), 50)).toBe('copy')
  expect(asked(decided(REJECTED, SCORED), 50)).toBe('none')
  expect(asked(decided(UNAVAILABLE), 50)).toBe('none')
  expect(asked(decided(SCORED), 50, 'A')).toBe('none')
  expect(asked(decided(SCORED), 50, 'B', '06')).toBe('none')
})

test('an entry that is concluded speaks by its status', () => {
  expect(asked({ ...lower(null), status: SCORED }, 50)).toBe('copy')
  expect(asked({ ...lower(SCORED), status: UNAVAILABLE }, 50)).toBe('none')
  expect(asked({ ...lower(null), status: { status: 'void' } }, 50)).toBe('none')
})
