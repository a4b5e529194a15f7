import { expect, test } from 'vitest'
import { merged } from './near-copies.ts'

const pair = (one: number, other: number, value: number) => ({
  ...{ numbers: [one, other] as [number, number], measure: 'errors' as const, value },
})

test('pairs of several oracles are one list, the most alike first, with how many report each', () => {
  expect(merged([])).toBeNull()
  const found = merged([
    { compared: 5, pairs: [pair(1, 2, 0.9), pair(3, 4, 0.95)] },
    { compared: 6, pairs: [pair(1, 2, 0.9)] },
  ])
  expect(found).toEqual({
    compared: 6,
    oracles: 2,
    pairs: [
      { ...pair(3, 4, 0.95), by: 1 },
      { ...pair(1, 2, 0.9), by: 2 },
    ],
  })
})

test('a value that one oracle makes up is its own report, and takes no word of the others', () => {
  const found = merged([
    { compared: 5, pairs: [pair(1, 2, 1)] },
    { compared: 5, pairs: [pair(1, 2, 0.9)] },
    { compared: 5, pairs: [pair(1, 2, 0.9)] },
  ])
  expect(found?.pairs).toEqual([
    { ...pair(1, 2, 1), by: 1 },
    { ...pair(1, 2, 0.9), by: 2 },
  ])
})
