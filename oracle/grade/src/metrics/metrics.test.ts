/** Where a metric is not defined the challenge is refused, and where a submission makes it overflow the submission is. */

import { describe, expect, test } from 'vitest'
import { GradeError } from '../errors.ts'
import { type GradeResult, grade } from '../grade.ts'
import type { ColumnType } from '../shape.ts'
import { getMetric, METRICS } from './index.ts'
import type { MetricId, MetricParams } from './metric.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const csv = (columns: string, rows: readonly string[]): Uint8Array =>
  bytes(`id,${columns}\n${rows.map((row, i) => `${i},${row}\n`).join('')}`)

function run(
  metric: MetricId,
  truth: string[],
  predicted: string[],
  params: MetricParams = {},
  columns = ['p'],
): GradeResult {
  const { truthTypes, columnTypes } = getMetric(metric)
  return grade({
    metric,
    params,
    truth: csv('t', truth),
    truthShape: { idColumn: 'id', valueColumn: 't', type: truthTypes[0]! },
    submission: csv(columns.join(), predicted),
    shape: { idColumn: 'id', columns: columns.map((name) => ({ name, type: columnTypes[0] as ColumnType })) },
    salt: new Uint8Array(32),
  })
}

const errorOf = (...input: Parameters<typeof run>): string => {
  try {
    return run(...input).status
  } catch (error) {
    if (error instanceof GradeError) return error.code
    throw error
  }
}

describe('a truth for which the metric is not defined', () => {
  test.each<[string, string, ...Parameters<typeof run>]>([
    ['one class', 'truth_degenerate', 'roc_auc', ['1', '1'], ['0.1', '0.2']],
    ['three classes', 'truth_degenerate', 'roc_auc', ['0', '1', '2'], ['0.1', '0.2', '0.3']],
    ['one class', 'truth_degenerate', 'log_loss', ['1', '1'], ['0.1', '0.2']],
    ['a class without a column', 'truth_degenerate', 'log_loss', ['a', 'c'], ['0.1,0.9', '0.2,0.8'], {}, ['a', 'b']],
    ['no positive row', 'truth_degenerate', 'f1_binary', ['0', '0'], ['0', '1']],
    ['none of the classes that count', 'truth_degenerate', 'f1_macro', ['a', 'b'], ['a', 'b'], { labels: ['c'] }],
    ['one row', 'truth_degenerate', 'r2', ['1'], ['1']],
    ['equal values', 'truth_degenerate', 'r2', ['0.1', '0.1', '0.1'], ['1', '2', '3']],
    ['a variance beyond float64', 'truth_degenerate', 'r2', ['1e200', '-1e200'], ['1', '2']],
    ['an unknown positive class', 'params_invalid', 'roc_auc', ['0', '1'], ['0.1', '0.2'], { posLabel: 'yes' }],
    ['a class twice', 'params_invalid', 'f1_micro', ['a'], ['a'], { labels: ['a', 'a'] }],
    ['too few names of columns', 'params_invalid', 'log_loss', ['a'], ['0.5,0.5'], { labels: ['a'] }, ['x', 'y']],
    ['two columns for one', 'shape_invalid', 'accuracy', ['a'], ['a,a'], {}, ['x', 'y']],
    ['a parameter that it does not have', 'params_invalid', 'rmse', ['1'], ['1'], { labels: ['1'] }],
    ['labels that are no list', 'params_invalid', 'f1_macro', ['1'], ['1'], { labels: 'a' as unknown as string[] }],
  ])('%s is an error: %s, %s', (_, code, ...input) => expect(errorOf(...input)).toBe(code))
})

test('a score that no number can hold rejects the submission', () => {
  expect(run('rmse', ['1', '2'], ['1e200', '0'])).toMatchObject({
    status: 'rejected',
    reason: 'score_undefined',
    code: 80,
  })
  expect(run('r2', ['1', '2'], ['1e200', '0'])).toMatchObject({ reason: 'score_undefined' })
  expect(run('mae', ['1', '2'], ['1e13', '0'])).toMatchObject({
    status: 'rejected',
    reason: 'score_out_of_range',
    code: 81,
  })
})

test('the greater label is positive, by value for numbers and by bytes for texts', () => {
  expect(run('roc_auc', ['9', '10'], ['0', '1'])).toMatchObject({ score: 1 })
  expect(run('roc_auc', ['benign', 'malignant'], ['0', '1'])).toMatchObject({ score: 1 })
  expect(run('roc_auc', ['benign', 'malignant'], ['0', '1'], { posLabel: 'benign' })).toMatchObject({ score: 0 })
})

test('whole numbers are compared as numbers, labels as text', () => {
  const task = (type: ColumnType) =>
    grade({
      metric: 'accuracy',
      truth: csv('t', ['1', '2']),
      truthShape: { idColumn: 'id', valueColumn: 't', type },
      submission: csv('p', ['1.0', '2']),
      shape: { idColumn: 'id', columns: [{ name: 'p', type }] },
      salt: new Uint8Array(32),
    })
  expect(task('integer')).toMatchObject({ score: 1 })
  expect(task('label')).toMatchObject({ score: 0.5 })
})

test('many labels are told apart', () => {
  const labels = Array.from({ length: 70_000 }, (_, i) => `label ${i}`)
  expect(run('accuracy', labels, labels)).toMatchObject({ score: 1 })
  expect(run('f1_macro', labels, labels.with(7, 'other'))).toMatchObject({ score: 69_999 / 70_001 })
})

test('every metric says what it is, and its best value is in its range', () => {
  for (const { id, range, best, direction, formula, title } of METRICS) {
    expect(getMetric(id).id).toBe(id)
    expect(direction === 'maximize' ? (range[1] ?? Infinity) : range[0]).toBe(best)
    expect(formula.length).toBeGreaterThan(10)
    expect(title).not.toBe('')
  }
})

test('a class may belong to a column beyond the 256th', () => {
  const columns = Array.from({ length: 300 }, (_, i) => `c${i}`)
  const sure = (column: number): string => columns.map((_, i) => (i === column ? '1' : '0')).join()
  const result = run('log_loss', ['c299', 'c7'], [sure(299), sure(7)], {}, columns)
  expect(result).toMatchObject({ status: 'graded', scoreUnits: 0n })
})

describe('rows of weight 0', () => {
  const weighted = (metric: MetricId, params: MetricParams, rows: readonly string[], predicted: readonly string[]) => {
    const { truthTypes, columnTypes } = getMetric(metric)
    const groups = params.group_average !== undefined
    return grade({
      ...{ metric, params, salt: new Uint8Array(32) },
      truth: csv(groups ? 't,weight,group' : 't,weight', rows),
      truthShape: {
        ...{ idColumn: 'id', valueColumn: 't', type: truthTypes[0]!, weightColumn: 'weight' },
        ...(groups && { groupColumn: 'group' }),
      },
      submission: csv('p', predicted),
      shape: { idColumn: 'id', columns: [{ name: 'p', type: columnTypes[0]! }] },
    })
  }

  test('do not count, nor do the classes that only they have', () => {
    const macro = (predicted: string[]) => weighted('f1_macro', {}, ['a,1', 'b,2', 'c,0'], predicted)
    expect(macro(['a', 'b', 'x'])).toMatchObject({ score: 1 })
    expect(macro(['a', 'a', 'c'])).toMatchObject({ score: 1 / 4 })
  })

  test('do not make a class one that can be found', () => {
    const refused = expect.objectContaining({ code: 'truth_degenerate' })
    const rows = ['a,1', 'b,0', 'a,1']
    const predicted = ['a', 'a', 'b']
    expect(() => weighted('precision', { posLabel: 'b' }, rows, predicted)).toThrow(refused)
    expect(() => weighted('recall', { average: 'weighted', labels: ['b'] }, rows, predicted)).toThrow(refused)
    expect(weighted('recall', { posLabel: 'a' }, rows, predicted)).toMatchObject({ score: 1 / 2 })
  })

  test('do not make a query one that is scored', () => {
    const ranked = (rows: readonly string[]) =>
      grade({
        ...{ metric: 'ndcg', salt: new Uint8Array(32), truth: csv('t,weight,group', rows) },
        truthShape: {
          ...{ idColumn: 'id', valueColumn: 't', type: 'number' },
          ...{ weightColumn: 'weight', groupColumn: 'group' },
        },
        submission: csv('p', ['1', '2', '3', '4']),
        shape: { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] },
      })
    expect(ranked(['0,1,x', '1,1,x', '0,0,y', '0,0,y'])).toMatchObject({ score: 1 })
    expect(() => ranked(['0,1,x', '1,2,x', '1,1,y', '0,1,y'])).toThrow('same weight in all rows of a query')
  })

  test('do not move a median, nor do weights that are all the same', () => {
    const errors = ['1', '2', '3', '4', '7', '9']
    const zeros = errors.map(() => '0')
    for (const weight of ['1', '0.1', '1e-300', '1e300'])
      expect(
        weighted('median_ae', {}, [...zeros.map((t) => `${t},${weight}`), '0,0'], [...errors, '3.2']),
      ).toMatchObject({
        score: 3.5,
      })
  })

  test('do not make a group one that is scored', () => {
    const rows = ['1,1,x', '5,2,x', '9,0,y']
    for (const group_average of ['worst', 'macro', 'weighted'])
      expect(weighted('mae', { group_average }, rows, ['1', '2', '0'])).toMatchObject({ score: 2 })
  })
})
