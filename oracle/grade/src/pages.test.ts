/** The documentation of metrics is true: each example has the score that it states, and each failure fails in the way it says. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderCatalog } from '../pages/catalog.ts'
import { PAGES, renderPages } from '../pages/index.ts'
import { benchTask, MLE_BENCH } from '../pages/mlebench.ts'
import type { Run } from '../pages/page.ts'
import { renderSchema } from '../pages/schema.ts'
import { GradeError } from './errors.ts'
import { taskOf } from './manifesttask.ts'
import { FAMILIES } from './metrics/families.ts'
import { getMetric, METRICS } from './metrics/index.ts'
import type { MetricId } from './metrics/metric.ts'
import { EVALUATOR, evaluatorParams } from './program/params.ts'
import { trial } from './trial.ts'
import { resultOf, taskOfVector } from './vector.fixture.ts'

const pages = Object.values(PAGES).flatMap((family) => Object.entries(family))
const vectorOf = (id: string, run: Run) => {
  const { columnTypes } = getMetric(id)
  const type = columnTypes[0] === 'label' ? 'string' : columnTypes[0] === 'probability' ? 'number' : columnTypes[0]!
  return {
    metric: id,
    params: { ...run.params },
    columns: run.columns ?? [{ name: 'p', type }],
    truth: `${run.truth.join('\n')}\n`,
    submission: `${run.submission.join('\n')}\n`,
  }
}
const codeOf = (id: string, run: Run): string => {
  try {
    const result = resultOf(vectorOf(id, run))
    return result.status === 'rejected' ? result.reason : 'graded'
  } catch (error) {
    if (error instanceof GradeError) return error.code
    throw error
  }
}

test('every metric has a page, and every page a metric', () => {
  expect(pages.map(([id]) => id).sort()).toEqual(METRICS.map(({ id }) => id).sort())
  for (const [family, { ids }] of Object.entries(FAMILIES))
    expect(METRICS.filter((metric) => metric.family === family).map(({ id }) => id)).toEqual(ids)
})

describe('the page of', () => {
  test.each(pages)('%s', (id, { example, failures }) => {
    const result = resultOf(vectorOf(id, example))
    expect(result).toMatchObject({ status: 'graded' })
    if (result.status === 'graded') expect(result.score).toBeCloseTo(example.score, 9)
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) expect([failure.when, codeOf(id, failure)]).toEqual([failure.when, failure.code])
  })

  test.each(pages)('%s: a trial of its example shows a perfect score that nothing beats', (id, { example }) => {
    const vector = vectorOf(id, example)
    const { perfect, constant } = trial(
      taskOfVector(vector),
      new TextEncoder().encode(vector.truth),
      new Uint8Array(32),
    )
    if (perfect.status === 'rejected') throw new Error(perfect.message)
    const { direction, best, range } = getMetric(id as MetricId)
    const sign = direction === 'maximize' ? 1 : -1
    expect(sign * perfect.score).toBeLessThanOrEqual(sign * best + 1e-12)
    expect(sign * perfect.score).toBeGreaterThanOrEqual(sign * example.score)
    if (constant.status === 'graded') expect(sign * perfect.score).toBeGreaterThanOrEqual(sign * constant.score)
    expect(perfect.score).toBeGreaterThanOrEqual(range[0] ?? -Infinity)
  })
})

test('MLE-bench: every plan is a task that the engine takes, for 82 competitions', () => {
  const plans = Object.entries(MLE_BENCH)
  expect(plans).toHaveLength(82)
  for (const [name, plan] of plans) {
    const metric = getMetric(plan.metric)
    expect(taskOf(benchTask(plan, metric.version)).metric, name).toBe(plan.metric)
    if (plan.truth === 'weight') expect(metric.weights, name).toBe(true)
    if (plan.truth === 'group') expect(plan.params?.group_average, name).toBeDefined()
  }
})

test('the schema has every metric and the evaluator, with the parameters that the engine takes', () => {
  type Entry = { properties: { id: { const: string }; params: { properties: Record<string, object> } } }
  const { oneOf } = JSON.parse(renderSchema()) as { oneOf: Entry[] }
  expect(oneOf.map(({ properties }) => properties.id.const)).toEqual([...METRICS.map(({ id }) => id), EVALUATOR])
  const given: Record<string, unknown> = {
    ...{
      module: 'm.wasm',
      language: 'wasm',
      direction: 'maximize',
      fuel: 5,
      memory_mib: 2,
      truth_columns: ['w:number'],
    },
  }
  expect(Object.keys(oneOf.at(-1)!.properties.params.properties).sort()).toEqual(Object.keys(given).sort())
  expect(evaluatorParams(given)).toMatchObject({ module: 'm.wasm', fuel: 5, memoryMib: 2 })
  expect(() => evaluatorParams({ ...given, pages: 1 })).toThrow(GradeError)
})

test('the committed pages, catalog and schema are what the metrics give: run oracle/grade/pages/make.main.ts', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  for (const [file, text] of Object.entries(renderPages())) expect(read(`../../../docs/metrics/${file}`)).toBe(text)
  expect(read('./generated/catalog.ts')).toBe(renderCatalog())
  expect(read('../generated/metric.schema.json')).toBe(renderSchema())
})
