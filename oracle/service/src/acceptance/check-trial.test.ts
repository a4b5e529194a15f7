/** An oracle takes part only where a perfect submission would win, and says why where it would not. */
import { expect, test } from 'vitest'
import type { Outcome } from '../grading/jobs.ts'
import { checkTrial, type TrialTerms } from './check-trial.ts'

const score = (value: number): Outcome => ({
  score: BigInt(Math.round(value * 1e7)),
  contentHash: '',
  formHash: new Uint8Array(),
  rows: 1,
})
const units = (value: number) => BigInt(Math.round(value * 1e7))
const terms: TrialTerms = { direction: 'maximize', threshold: units(0.9), step: 1000n, statedBaseline: 0.8 }
const fine = { perfect: score(1), constant: score(0.5), baseline: score(0.80004) }

test('a challenge that can be won by better work is accepted', () => {
  expect(checkTrial(fine, terms)).toBeUndefined()
  const minimized = { perfect: score(0), constant: score(3), baseline: score(2) }
  const threshold = units(1)
  expect(checkTrial(minimized, { ...terms, direction: 'minimize', threshold, statedBaseline: 2 })).toBeUndefined()
})

test.each([
  ['threshold_unreachable', fine, { ...terms, threshold: units(1.1) }],
  ['direction_wrong', fine, { ...terms, direction: 'minimize' as const }],
  ['truth_not_submittable', { ...fine, perfect: { rejected: 58, message: 'unknown label' } }, terms],
  ['baseline_differs', { ...fine, baseline: score(0.7) }, terms],
  ['baseline_rejected', { ...fine, baseline: { rejected: 72, message: 'ids are missing' } }, terms],
])('%s is refused with this reason', (code, trial, terms) => {
  expect(checkTrial(trial, terms)?.code).toBe(code)
})

test('a metric without a value for constant predictions is not a reason to refuse', () => {
  expect(checkTrial({ ...fine, constant: { rejected: 80, message: 'undefined' } }, terms)).toBeUndefined()
})

test('the perfect score counts as it would be paid: rounded against the solver', () => {
  const trial = { perfect: score(0.9000999), constant: score(0) }
  expect(checkTrial(trial, { ...terms, threshold: units(0.90005) })?.code).toBe('threshold_unreachable')
})
