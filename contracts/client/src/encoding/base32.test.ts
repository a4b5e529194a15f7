/** Base32 of ours, against a library. */
import { base32nopad } from '@scure/base'
import { expect, test } from 'vitest'
import { base32, base32Small } from './base32.ts'

test('bytes of every length are written as the library writes them', () => {
  for (let length = 0; length <= 80; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => ((index + 3) * (length + 7) * 31) & 0xff)
    expect(base32(bytes)).toBe(base32nopad.encode(bytes))
    expect(base32Small(bytes)).toBe(base32nopad.encode(bytes).toLowerCase())
    const full = new Uint8Array(length).fill(255)
    expect(base32(full)).toBe(base32nopad.encode(full))
  }
})
