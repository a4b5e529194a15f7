/** Money and scores keep every digit on the way in and out. */
import { expect, test } from 'vitest'
import { fromDecimal, scoreToNumber, toDecimal } from './units.ts'

test.each([
  [12_500_000n, 7, '1.25'],
  [0n, 7, '0'],
  [1n, 7, '0.0000001'],
  [-1n, 7, '-0.0000001'],
  [500_000_000n, 7, '50'],
  [7n, 0, '7'],
  [170141183460469231731687303715884105727n, 18, '170141183460469231731.687303715884105727'],
])('%s with %s decimals is %s, both ways', (amount, decimals, text) => {
  expect(toDecimal(amount, decimals)).toBe(text)
  expect(fromDecimal(text, decimals)).toBe(amount)
})

test.each(['', 'abc', '1,5', '1e5', '0x10', '.5', '5.', 'NaN', 'Infinity', '1_000'])(
  'refuses the amount %j',
  (text) => {
    expect(() => fromDecimal(text, 7)).toThrow(RangeError)
  },
)

test('refuses places that the asset does not have, but takes zeros there', () => {
  expect(() => fromDecimal('0.00000001', 7)).toThrow(/7 decimal places/)
  expect(fromDecimal('0.10000000', 7)).toBe(1_000_000n)
})

test('a score reads as the number that it is', () => {
  expect(scoreToNumber(9_530_000n)).toBe(0.953)
})
