/** Every small challenge tells its two files apart, and a perfect file passes. */
import { expect, test } from 'vitest'
import { kinds } from './kinds.ts'
import { scored } from './scored.ts'

test('there are at least twenty, by at least twenty metrics or kinds of files', () => {
  const all = kinds()
  expect(all.length).toBeGreaterThanOrEqual(20)
  expect(
    new Set(all.map(({ metric, submission }) => `${metric.id} ${submission.columns.length}`)).size,
  ).toBeGreaterThan(18)
})

test.each(kinds().map((kind) => [kind.title, kind] as const))('%s', (_, kind) => {
  const { better, wins, loses } = scored(kind)
  expect(better(wins, loses)).toBe(true)
})
