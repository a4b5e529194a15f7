import { expect, test } from 'vitest'
import { promisedPrize } from './prize.ts'

test('a bounty promises all its rewards, a ranking all its prizes; for other rules the maker chooses', () => {
  expect(promisedPrize({ tag: 'Bounty', values: [{ reward: 50n, winners: 3 }] })).toBe(150n)
  expect(promisedPrize({ tag: 'Ranked', values: [{ prizes: [60n, 40n] }] })).toBe(100n)
  expect(promisedPrize({ tag: 'PerUnit', values: [{ rate: 5n, max_units: 10 }] })).toBeUndefined()
  expect(promisedPrize({ tag: 'Earnings', values: undefined })).toBeUndefined()
})
