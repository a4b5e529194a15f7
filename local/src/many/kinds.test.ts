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

test('programs of every kind that oracles run are among them', () => {
  const all = kinds()
  expect(new Set(all.flatMap(({ submission }) => submission.formats ?? []))).toEqual(new Set(['wasm', 'onnx']))
  const evaluated = all.filter(({ metric }) => metric.id === 'evaluator')
  expect(evaluated.map(({ metric }) => metric.params?.language ?? 'wasm').toSorted()).toEqual(['python', 'wasm'])
})

test.each(kinds().map((kind) => [kind.title, kind] as const))('%s', async (_, kind) => {
  const { better, wins, loses } = await scored(kind)
  expect(better(wins, loses)).toBe(true)
})
