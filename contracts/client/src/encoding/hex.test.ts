import { expect, test } from 'vitest'
import { fromHex, toHex } from './hex.ts'

test('bytes keep their value, in either case', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  expect(fromHex(toHex(bytes))).toEqual(bytes)
  expect(fromHex('00fFAb')).toEqual(Uint8Array.of(0, 255, 171))
  expect(toHex(new Uint8Array())).toBe('')
})

test.each([['0'], ['0g'], ['0x00'], ['00 '], ['00\n']])('%j is no hexadecimal', (text) => {
  expect(() => fromHex(text)).toThrow(RangeError)
})

test('the number of bytes can be demanded', () => {
  expect(() => fromHex('00', 32)).toThrow('expected 32 bytes of hexadecimal')
})
