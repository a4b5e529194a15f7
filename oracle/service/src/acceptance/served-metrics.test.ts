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
  refusePrograms(source, { evaluators: true, python: true, models: ['wasm'], seconds: 120, ranked })?.code

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

test('evaluators in Python are served where both are: evaluators, and Python', () => {
  const served = { evaluators: true, python: false, models: [] }
  const refused = (programs: typeof served, source = inPython()) =>
    refusePrograms(source, { ...programs, seconds: 120, ranked: false })?.code
  expect(refused(served)).toBe('python_not_served')
  expect(refused(served, scoredBy())).toBeUndefined()
  expect(refused({ ...served, python: true })).toBeUndefined()
  expect(refused({ ...served, evaluators: false, python: true })).toBe('evaluator_not_served')
  expect(servedMetrics(served)).not.toContain('python')
  expect(servedMetrics({ ...served, python: true })).toContain('python')
  expect(servedMetrics({ ...served, evaluators: false, python: true })).not.toContain('python')
})
