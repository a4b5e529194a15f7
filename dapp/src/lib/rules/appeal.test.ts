/** When a solver's work can go to the judge that grades, and what is left to pay for. */
import { expect, test } from 'vitest'
import type { Challenge, SubmissionDetail } from '../read/types.ts'
import { type AppealTime, appealTime, leftOf } from './appeal.ts'

const GRADE_BY = '2027-01-10T00:00:00Z'
const JUDGE_BY = '2027-01-11T00:00:00Z'
const at = (time: string) => Date.parse(time)

const challenge = (more: object = {}) =>
  ({
    gradeBy: GRADE_BY,
    judge: { address: 'C', judgeBy: JUDGE_BY },
    recount: { configuredAt: GRADE_BY, configuredTx: 'tx', truth: null, recounted: 0 },
    payout: { rule: 'bounty' },
    ranking: null,
    ...more,
  }) as unknown as Challenge

const submission = (more: object = {}) =>
  ({ status: 'pending', decision: null, recount: null, ...more }) as unknown as SubmissionDetail

const times = (of: Challenge, it: SubmissionDetail): AppealTime[] =>
  ['2027-01-09T00:00:00Z', '2027-01-10T00:00:00Z', '2027-01-11T00:00:00Z'].map((time) => appealTime(of, it, at(time)))

test('what the oracles leave undecided can be opened in the judge’s time', () => {
  expect(times(challenge(), submission())).toEqual(['before', 'now', 'over'])
  expect(times(challenge(), submission({ decision: { by: 'judge' } }))).toEqual(['before', 'now', 'over'])
  const recounted = submission({ recount: { chunks: 1, rows: 1, result: {} }, decision: { by: 'judge' } })
  expect(times(challenge(), recounted)).toEqual(['before', 'now', null])
})

test('it has no bearing where oracles decided, or where the judge is another one', () => {
  expect(times(challenge(), submission({ decision: { by: 'oracles' } }))).toEqual([null, null, null])
  expect(times(challenge({ judge: null }), submission())).toEqual([null, null, null])
  expect(times(challenge({ recount: null }), submission())).toEqual([null, null, null])
})

test('in a ranking scored work is opened for its place, unless the oracles ranked', () => {
  const scored = submission({ status: 'scored', decision: { by: 'oracles' } })
  expect(times(challenge({ payout: { rule: 'ranked' } }), scored)).toEqual(['before', 'now', 'over'])
  expect(times(challenge({ payout: { rule: 'ranked' }, ranking: 'oracles' }), scored)).toEqual([null, null, null])
})

test('what is open costs nothing again', () => {
  const cost = { transactions: 4, stroops: 400n }
  expect(leftOf({ cost, work: { chunks: 1, scored: false } })).toEqual({ transactions: 3, stroops: 300n })
  expect(leftOf({ cost, work: { chunks: 4, scored: true } })).toEqual({ transactions: 0, stroops: 0n })
})
