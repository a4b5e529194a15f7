/** The index of hashes against a plain map, over many random additions and removals at both ends. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { HashIndex } from './hash-index.ts'

test('what was added is found, and what has left is not', () => {
  let random = 7
  const next = (below: number) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
    return (random >>> 8) % below
  }
  const index = new HashIndex()
  let [first, last] = [0, 0]
  // Some hashes begin alike, so that they meet in the table.
  const hashOf = (number: number) => {
    const digest = createHash('sha256').update(String(number)).digest('hex')
    return number % 50 === 0 ? `00000000${digest.slice(8)}` : digest
  }
  for (let round = 0; round < 60; round++) {
    for (let count = next(200); count > 0; count--, last++) index.add(hashOf(last), last * 1e9)
    const gone = Math.min(next(80), last - first)
    index.dropFirst(gone)
    first += gone
    const undone = Math.min(next(20), last - first)
    index.dropLast(undone)
    // What is undone is added again in another round.
    last -= undone
    expect(index.length).toBe(last - first)
    const from = Math.max(0, first - 3)
    const numbers = Array.from({ length: last + 3 - from }, (_, at) => from + at)
    const expected = numbers.map((number) => (number >= first && number < last ? number * 1e9 : undefined))
    expect(numbers.map((number) => index.get(hashOf(number)))).toEqual(expected)
  }
  expect(last).toBeGreaterThan(3_000)
  for (const odd of ['', 'zz', 'z'.repeat(64), 'AB'.repeat(31)]) expect(index.get(odd)).toBeUndefined()
})

test('of equal hashes the newest is found', () => {
  const index = new HashIndex()
  const hash = 'ab'.repeat(32)
  index.add(hash, 1)
  index.add('cd'.repeat(32), 2)
  index.add(hash, 3)
  expect(index.get(hash)).toBe(3)
  index.dropFirst(1)
  expect(index.get(hash)).toBe(3)
  expect(index.get(hash.toUpperCase())).toBe(3)
})
