import { expect, it } from 'vitest'
import { address, bounty, GRADE_BY, JUDGE_BY, judged, NOW, oracles, pending, scoreVote } from '../../testing/facts.ts'
import type { Challenge, Submission } from '../read/types.ts'
import { verdictSource } from './verdict-source.ts'

const alone = (of: Challenge): Challenge => ({ ...of, oracles: oracles.slice(0, 1), quorum: 1 })
const { oracle: _, late: __, improved: ___, ...said } = scoreVote(address('A'), 0.95)
const decided = (by: 'oracles' | 'judge'): Submission => ({
  ...pending,
  decision: { ...said, by, oracles: by === 'oracles' ? [address('A')] : [] },
})

it('names the votes where a quorum decided', () => {
  expect(verdictSource(alone(bounty), decided('oracles'), NOW)).toBe('The oracle’s vote is the verdict.')
  expect(verdictSource(judged(), decided('oracles'), JUDGE_BY)).toBe('The first 2 equal votes are the verdict.')
})

it('names the ballot where the judge decided', () => {
  expect(verdictSource(judged(), decided('judge'), JUDGE_BY)).toBe(
    'The judge’s ballot is the verdict; the oracles came to none.',
  )
  const ballot = { ...said, judge: address('J') }
  expect(verdictSource(judged(), { ...pending, ballot }, GRADE_BY)).toContain('the judge’s ballot is carried out from')
})

it('says what can still decide, and that nobody did', () => {
  expect(verdictSource(alone(bounty), pending, NOW)).toBe('The oracle’s vote will be the verdict.')
  expect(verdictSource(bounty, pending, NOW)).toBe('The first 2 equal votes will be the verdict.')
  expect(verdictSource(judged(), pending, GRADE_BY)).toBe(
    'The oracles came to no verdict; the judge may decide until 28 Nov 2026, 12:00 UTC.',
  )
  const unsettled: Submission = { ...pending, standing: 'unsettled' }
  expect(verdictSource(alone(bounty), unsettled, JUDGE_BY)).toBe(
    'The oracle gave no verdict: the submission is unsettled.',
  )
  expect(verdictSource(judged(), unsettled, JUDGE_BY)).toContain('and the judge gave none either')
  expect(verdictSource(bounty, { ...pending, standing: 'void' }, NOW)).toContain('it is void')
})
