/** Retries slow down, but never stop and never all come at once. */
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

const policy = { firstMs: 100, capMs: 5_000 }

test('each failure doubles the wait, up to the cap', () => {
  expect([1, 2, 3, 7, 1000].map((attempts) => backoffMs(policy, attempts, 0.999999))).toEqual([
    100, 200, 400, 5_000, 5_000,
  ])
})

test('the spread stays within the upper half of the step', () => {
  expect(backoffMs(policy, 3, 0)).toBe(200)
  expect(backoffMs(policy, 3, 0.5)).toBe(300)
})
