/** Programs that could take longer than an oracle has for one file are refused before anyone competes, evaluators as models. */
import type { TaskSource } from '@stellartrain/oracle-grade'
import { expect, test } from 'vitest'
import { refusePrograms, servedMetrics } from './served-metrics.ts'

const plain: TaskSource = {
  submission: { idColumn: 'id', columns: [{ name: 'y', type: 'number' }], rows: 10, maxBytes: 1000 },
  metric: { id: 'mae', version: 1, params: {} },
}
const scoredBy = (fuel?: number): TaskSource => ({
  ...plain,
  metric: { id: 'evaluator', version: 1, params: { module: 'm.wasm', direction: 'maximize', ...(fuel && { fuel }) } },
})
const inPython = (fuel?: number): TaskSource => {
  const params = { module: 'm.py', language: 'python', direction: 'maximize', ...(fuel && { fuel }) }
  return { ...plain, metric: { id: 'evaluator', version: 1, params } }
}
const taking = (fuel: number, source = plain): TaskSource => ({
  ...source,
  submission: { ...source.submission, model: { inputs: [{ name: 'x', type: 'number' }], fuel } },
})
const code = (source: TaskSource, ranked = false) =>
  refusePrograms(source, { evaluators: ['wasm', 'python'], models: ['wasm'], seconds: 120, ranked })?.code

test('one rule for evaluators and models: 10,000,000 steps for each second', () => {
  expect(code(plain)).toBeUndefined()
  for (const made of [scoredBy, (fuel: number) => taking(fuel)]) {
    expect(code(made(1_200_000_000))).toBeUndefined()
    expect(code(made(1_200_000_001))).toBe('too_much_fuel')
  }
  expect(code(scoredBy())).toBeUndefined()
})

test('in a ranking an evaluator scores each file twice, and a model is run once', () => {
  expect(code(scoredBy(600_000_000), true)).toBeUndefined()
  expect(code(scoredBy(600_000_001), true)).toBe('too_much_fuel')
  expect(code(taking(1_200_000_000), true)).toBeUndefined()
})

test('ten steps of Python are one', () => {
  expect(code(inPython(), true)).toBeUndefined()
  expect(code(inPython(10_000_000_000))).toBeUndefined()
  expect(code(inPython(6_000_000_000), true)).toBeUndefined()
  expect(code(inPython(6_000_000_010), true)).toBe('too_much_fuel')
})

test('what a model takes and what its evaluator takes add up', () => {
  expect(code(taking(600_000_000, scoredBy(600_000_000)))).toBeUndefined()
  expect(code(taking(600_000_000, scoredBy(600_000_001)))).toBe('too_much_fuel')
})

test('evaluators are served in the languages that the operator names', () => {
  const refused = (evaluators: ('wasm' | 'python')[], source: TaskSource) =>
    refusePrograms(source, { evaluators, models: [], seconds: 120, ranked: false })?.code
  expect(refused(['wasm'], inPython())).toBe('evaluator_not_served')
  expect(refused(['wasm'], scoredBy())).toBeUndefined()
  expect(refused(['python'], scoredBy())).toBe('evaluator_not_served')
  expect(refused(['python'], inPython())).toBeUndefined()
  expect(refused([], inPython())).toBe('evaluator_not_served')
  const words = (evaluators: ('wasm' | 'python')[]) => servedMetrics({ evaluators, models: [] }).slice(-2)
  expect(words(['wasm', 'python'])).toEqual(['evaluator', 'python'])
  expect(words(['wasm'])).not.toContain('python')
})
