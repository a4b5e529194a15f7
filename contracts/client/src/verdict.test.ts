import { expect, test } from 'vitest'
import { Verdict } from './generated/types.js'
import { sameVerdict, type VerdictParts } from './verdict.ts'

const scored: VerdictParts = { verdict: Verdict.Scored, score: 9_000_000n, content_hash: Uint8Array.of(1, 2), units: 3 }
const rejected: VerdictParts = { ...scored, verdict: Verdict.Rejected }

test('two scores are the same verdict when score, content and units are', () => {
  expect(sameVerdict(scored, { ...scored, content_hash: Uint8Array.of(1, 2) })).toBe(true)
  for (const other of [{ score: 9_000_001n }, { content_hash: Uint8Array.of(1, 3) }, { units: 4 }])
    expect(sameVerdict(scored, { ...scored, ...other })).toBe(false)
  expect(sameVerdict({ ...scored, content_hash: '0102' }, { ...scored, content_hash: '0102' })).toBe(true)
  expect(sameVerdict({ ...scored, content_hash: '0102' }, { ...scored, content_hash: '0103' })).toBe(false)
})

test('of the others only the verdict counts', () => {
  expect(sameVerdict(rejected, { ...rejected, score: 1n, content_hash: Uint8Array.of(9), units: 0 })).toBe(true)
  expect(sameVerdict(scored, rejected)).toBe(false)
  expect(sameVerdict(rejected, { ...rejected, verdict: Verdict.Unavailable })).toBe(false)
})
