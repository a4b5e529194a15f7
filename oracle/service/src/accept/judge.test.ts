/** An oracle takes part only where a perfect submission would win, and says why where it would not. */
import { expect, test } from 'vitest'
import type { Outcome } from '../grade/jobs.ts'
import { judgeTrial, type Stakes } from './judge.ts'

const score = (value: number): Outcome => ({ score: BigInt(Math.round(value * 1e7)), contentHash: '', rows: 1 })
const units = (value: number) => BigInt(Math.round(value * 1e7))
const stakes: Stakes = { direction: 'maximize', threshold: units(0.9), step: 1000n, statedBaseline: 0.8 }
const fine = { perfect: score(1), constant: score(0.5), baseline: score(0.80004) }

test('a challenge that can be won by better work is accepted', () => {
  expect(judgeTrial(fine, stakes)).toBeUndefined()
  const minimized = { perfect: score(0), constant: score(3), baseline: score(2) }
  const threshold = units(1)
  expect(judgeTrial(minimized, { ...stakes, direction: 'minimize', threshold, statedBaseline: 2 })).toBeUndefined()
})

test.each([
  ['threshold_unreachable', fine, { ...stakes, threshold: units(1.1) }],
  ['direction_wrong', fine, { ...stakes, direction: 'minimize' as const }],
  ['truth_not_submittable', { ...fine, perfect: { rejected: 58, message: 'unknown label' } }, stakes],
  ['baseline_differs', { ...fine, baseline: score(0.7) }, stakes],
  ['baseline_rejected', { ...fine, baseline: { rejected: 72, message: 'ids are missing' } }, stakes],
])('%s is refused with this reason', (code, trial, terms) => {
  expect(judgeTrial(trial, terms)?.code).toBe(code)
})

test('a metric without a value for constant predictions is no reason to refuse', () => {
  expect(judgeTrial({ ...fine, constant: { rejected: 80, message: 'undefined' } }, stakes)).toBeUndefined()
})

test('the perfect score counts as it would be paid: rounded against the solver', () => {
  const trial = { perfect: score(0.9000999), constant: score(0) }
  expect(judgeTrial(trial, { ...stakes, threshold: units(0.90005) })?.code).toBe('threshold_unreachable')
})
