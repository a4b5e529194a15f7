import { expect, it } from 'vitest'
import { measured, perHour } from './pay.ts'

it('an hour is never rounded up, and nothing is said of no time', () => {
  expect(perHour(5_000_000n, 6_000)).toBe(3_000_000_000n)
  expect(perHour(1n, 7_000)).toBe(514n)
  expect(perHour(1n, 0)).toBeUndefined()
})

it('the pace is that of answered items, once there are some', () => {
  const spent = { a: 1_000, b: 3_000, c: 5_000, d: 90_000 }
  expect(measured(spent, ['a', 'b'])).toBeUndefined()
  expect(measured(spent, ['a', 'b', 'c'])).toBe(3_000)
})
