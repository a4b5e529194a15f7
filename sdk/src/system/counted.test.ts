/** Nouns and verbs agree with their numbers. */
import { expect, test } from 'vitest'
import { counted, partOf } from './counted.ts'

test('a noun has an s where there is not exactly one, and thousands are grouped', () => {
  expect([0, 1, 2, 1_234_567].map((count) => counted(count, 'vote'))).toEqual([
    ...['0 votes', '1 vote', '2 votes', '1,234,567 votes'],
  ])
  expect([1, 2].map((count) => counted(count, 'batch', 'batches'))).toEqual(['1 batch', '2 batches'])
})

test('a part of a whole, with its verb', () => {
  const verb = ['has', 'have'] as const
  const says = (part: number, whole: number) => partOf(part, whole, 'oracle', { verb })
  expect([says(0, 1), says(1, 1)]).toEqual(['no oracle has', 'the oracle has'])
  expect([0, 1, 2, 3].map((part) => says(part, 3))).toEqual([
    ...['none of 3 oracles has', '1 of 3 oracles has', '2 of 3 oracles have', 'all 3 oracles have'],
  ])
  expect(says(2, 2)).toBe('both oracles have')
  expect(says(0, 0)).toBe('no oracles have')
  expect(partOf(1_000, 2_000, 'batch', { many: 'batches' })).toBe('1,000 of 2,000 batches')
})
