/** A submission that is only late is not searched for; one whose event was lost is. */
import { expect, test } from 'vitest'
import { createGaps } from './gaps.ts'

test('only what stays missing counts', () => {
  const gaps = createGaps()
  expect(gaps.lasting(1, [7], 0)).toBe(false)
  expect(gaps.lasting(1, [], 2_000)).toBe(false)
  expect(gaps.lasting(1, [8], 3_000)).toBe(false)
  expect(gaps.lasting(1, [8, 9], 5_999)).toBe(false)
  expect(gaps.lasting(2, [8], 6_000)).toBe(false)
  expect(gaps.lasting(1, [8, 9], 6_000)).toBe(true)
})
