/** What cannot be told from chance scores nothing, and what the expectation costs is bounded by the truth. */

import { expect, test } from 'vitest'
import { gradeVector } from '../vector.fixture.ts'

const METHODS = ['min', 'geometric', 'arithmetic', 'max']
const clusters = (names: readonly (string | number)[], column: string): string =>
  `id,${column}\n${names.map((name, row) => `${row},c${name}\n`).join('')}`
const score = (truth: readonly number[], guess: readonly number[], average_method = 'arithmetic'): number =>
  gradeVector({
    ...{ name: '', metric: 'adjusted_mutual_info', params: { average_method }, score: Number.NaN },
    columns: [{ name: 'p', type: 'string' }],
    truth: clusters(truth, 't'),
    submission: clusters(guess, 'p'),
  })

test.each(METHODS)('a cluster of its own for each row scores 0 by %s, whatever the truth', (method) => {
  const own = Array.from({ length: 60 }, (_, row) => row)
  for (let many = 2; many < 30; many++) {
    const truth = own.map((row) => row % many)
    expect([score(truth, own, method), score(own, truth, method)]).toEqual([0, 0])
  }
  expect(score(own, own.toReversed(), method)).toBe(1)
})

/** Clusters of 1, 2, 3 … rows. */
const ofAllSizes = (most: number): number[] =>
  Array.from({ length: most }, (_, size) => Array.from({ length: size + 1 }, () => size)).flat()

test('a truth of more sizes of clusters than can be compared with any submission is refused', () => {
  expect(score(ofAllSizes(60), ofAllSizes(60).toReversed())).toBeGreaterThan(0.5)
  const many = ofAllSizes(1_100)
  expect(() => score(many, many)).toThrow(/up to 908 different sizes where 605550 rows are graded/)
})
