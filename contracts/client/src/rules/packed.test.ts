/** Numbers and bits that are forever. */
import { expect, test } from 'vitest'
import type { Flags } from './facts.ts'
import { FLAG, hasFlag, packFlags, unpackFlags } from './flags.ts'
import { packBy, packWhat, unpackBy, unpackWhat } from './row.ts'
import { STATUS, statusName } from './status.ts'

const NONE: Flags = { carried: false, passed: false, kept: false, held: false, prizePaid: false, byJudge: false }

test('the numbers of flags and statuses', () => {
  expect(FLAG).toEqual({ carried: 1, passed: 2, kept: 4, held: 8, prizePaid: 16, byJudge: 32 })
  expect(STATUS).toEqual({ pending: 0, scored: 1, rejected: 2, unavailable: 3, unsettled: 4, void: 5 })
  for (const [name, number] of Object.entries(STATUS)) expect(statusName(number)).toBe(name)
  expect(() => statusName(6)).toThrow(RangeError)
})

test('every byte of flags survives, without the bits that are free', () => {
  for (let byte = 0; byte < 256; byte++) expect(packFlags(unpackFlags(byte))).toBe(byte & 63)
  expect(unpackFlags(1 | 8)).toEqual({ ...NONE, carried: true, held: true })
  expect([hasFlag(8, 'held'), hasFlag(8, 'kept')]).toEqual([true, false])
})

test('a word of a row', () => {
  const what = {
    verdict: 'rejected',
    reason: 255,
    flags: { ...NONE, passed: true, byJudge: true },
    status: 'void',
  } as const
  expect(packWhat(what)).toBe(2 | (255 << 8) | (34 << 16) | (5 << 24))
  expect(unpackWhat(packWhat(what))).toEqual(what)
  expect(unpackWhat(0)).toEqual({ verdict: 'pending', reason: 0, flags: NONE, status: 'pending' })
  expect(packWhat(unpackWhat(0))).toBe(0)
  for (const reason of [-1, 0.5, 256]) expect(() => packWhat({ ...what, reason })).toThrow(RangeError)
  expect(() => unpackWhat(6)).toThrow(RangeError)
})

test('whose verdict a row tells', () => {
  expect([0, 4, 253, 254, 255].map(unpackBy)).toEqual([0, 4, 'judge', 'nobody', 'open'])
  for (const code of [0, 1, 2, 3, 4, 253, 254, 255]) expect(packBy(unpackBy(code))).toBe(code)
  for (const wrong of [-1, 5, 252, 0.5]) expect(() => unpackBy(wrong)).toThrow(RangeError)
  for (const wrong of [-1, 0.5, 5]) expect(() => packBy(wrong)).toThrow(RangeError)
})
