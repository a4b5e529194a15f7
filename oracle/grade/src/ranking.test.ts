/** A ranking is the same whoever computes it: distinct solvers, best private score, ties to the earlier one, threshold on the rounded score. */
import { expect, test } from 'vitest'
import { bestOfEach, type RankedRow, rankSolvers } from './ranking.ts'

const row = (number: number, solver: string, score: number): RankedRow => ({
  ...{ number, solver, attempt: number, score: BigInt(Math.round(score * 1e7)) },
})
const terms = { direction: 'maximize' as const, threshold: 0n, step: 1_000n, places: 3 }
const numbers = (rows: RankedRow[]) => rows.map(({ number }) => number)

test('a solver stands once, with its best submission', () => {
  const rows = [row(1, 'A', 0.5), row(2, 'B', 0.7), row(3, 'A', 0.9), row(4, 'B', 0.6), row(5, 'C', 0.8)]
  expect(numbers(rankSolvers(rows, terms))).toEqual([3, 5, 2])
  expect(numbers(bestOfEach(rows, 'minimize'))).toEqual([1, 4, 5])
})

test('ties go to the earlier submission, between solvers and within one', () => {
  const rows = [row(4, 'A', 0.5), row(2, 'B', 0.5), row(1, 'A', 0.5), row(3, 'C', 0.5)]
  expect(numbers(rankSolvers(rows, terms))).toEqual([1, 2, 3])
  expect(numbers(rankSolvers(rows, { ...terms, direction: 'minimize', threshold: 10n ** 9n }))).toEqual([1, 2, 3])
})

test('at most as many places as prizes, and none below the threshold once rounded against the solver', () => {
  const rows = [row(1, 'A', 0.90009), row(2, 'B', 0.9001), row(3, 'C', 0.95), row(4, 'D', 0.91)]
  expect(numbers(rankSolvers(rows, { ...terms, places: 2 }))).toEqual([3, 4])
  expect(numbers(rankSolvers(rows, { ...terms, places: 40, threshold: 9_001_000n }))).toEqual([3, 4, 2])
  const low = { ...terms, direction: 'minimize' as const, threshold: 9_001_000n, places: 40 }
  expect(numbers(rankSolvers(rows, low))).toEqual([1, 2])
  expect(rankSolvers([], terms)).toEqual([])
})

test('the order does not depend on the order in which submissions are listed', () => {
  const rows = Array.from({ length: 60 }, (_, n) => row(n + 1, `S${n % 7}`, ((n * 37) % 11) / 10))
  const expected = numbers(rankSolvers(rows, terms))
  expect(numbers(rankSolvers([...rows].reverse(), terms))).toEqual(expected)
  expect(new Set(expected).size).toBe(3)
})
