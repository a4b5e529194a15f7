/** Pairs of the greatest gain: as trying all of them finds them, and within their steps. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ScoreStopped } from '../errors.ts'
import { bestPairs, type Pairs } from './assignment.ts'
import { createSpend } from './tracks.ts'

/** A row for each left member: the gain of each right one, 0 where they cannot be paired. */
function pairsOf(rows: readonly (readonly number[])[], right: number): Pairs {
  const edges = rows.flatMap((gains, i) => gains.map((gain, j) => ({ i, j, gain })).filter(({ gain }) => gain > 0))
  return {
    ...{ left: rows.length, right },
    starts: Int32Array.from({ length: rows.length + 1 }, (_, i) => edges.filter((edge) => edge.i < i).length),
    members: Int32Array.from(edges, ({ j }) => j),
    gains: Float64Array.from(edges, ({ gain }) => gain),
  }
}

const sumOf = (rows: readonly (readonly number[])[], found: Int32Array): number =>
  found.reduce((sum, j, i) => sum + (j < 0 ? 0 : rows[i]![j]!), 0)

function most(rows: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number {
  const [first, ...rest] = rows
  if (!first) return 0
  const paired = first.map((gain, j) => (gain > 0 && !taken.has(j) ? gain + most(rest, new Set([...taken, j])) : 0))
  return Math.max(most(rest, taken), ...paired)
}

const table = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })).chain(([left, right]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: right, maxLength: right }), {
    minLength: left,
    maxLength: left,
  }),
)

test('no other pairs gain more, and none is of what cannot be paired', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const found = bestPairs(pairsOf(rows, rows[0]?.length ?? 0), () => {})
      expect(sumOf(rows, found)).toBe(most(rows))
      const paired = [...found].filter((j) => j >= 0)
      expect(new Set(paired).size).toBe(paired.length)
      for (const [i, j] of found.entries()) if (j >= 0) expect(rows[i]![j]).toBeGreaterThan(0)
    }),
    { numRuns: 2000 },
  )
})

test('a member that is alone stays so, and a better pair moves one that is in the way', () => {
  const rows = [
    [0, 0, 0],
    [5, 4, 0],
    [5, 0, 0],
  ]
  expect([...bestPairs(pairsOf(rows, 3), () => {})]).toEqual([-1, 1, 0])
})

test('what is equal is settled at once, and every look at a pair is counted', () => {
  const size = 200
  let steps = 0
  const rows = Array.from({ length: size }, () => new Array<number>(size).fill(1))
  const found = bestPairs(pairsOf(rows, size), (count) => {
    steps += count
  })
  expect([...found]).toEqual(Array.from({ length: size }, (_, i) => i))
  // One look at each pair, and one at staying alone: searches that went on would look n times as often.
  expect(steps).toBe(size * (size + 1))
})

test('searches that take more steps than a file may have end with a reason', () => {
  const spend = createSpend()
  spend(200_000_000)
  const pairs = pairsOf([[1]], 1)
  expect(() => bestPairs(pairs, spend)).toThrow(new ScoreStopped('too_much_text'))
})
