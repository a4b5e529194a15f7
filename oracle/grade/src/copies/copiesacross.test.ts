/** A copy that was handed in to a second challenge with rows of the first is found, honest work is not, and what does not fit is told. */

import { expect, test } from 'vitest'
import { taskOf } from '../manifesttask.ts'
import { modelOf } from '../program/module.fixture.ts'
import { prepareTruth } from '../truth.ts'
import { type Common, commonOf, copiesAcross } from './copiesacross.ts'
import { bytes, classifier, label, ROWS, randoms, regressor, target } from './likeness.fixture.ts'

type Columns = Parameters<typeof taskOf>[0]['submission']['columns']
type Cells = (row: number) => (string | number)[]

/** Some rows in some order, under ids of some kind. */
type Rows = { rows: readonly number[]; idOf?: (row: number) => string }

const ALL = Array.from({ length: ROWS }, (_, row) => row)
const named = (row: number) => `row-${row}`

function csv(names: readonly string[], { rows, idOf = named }: Rows, cells: Cells): Uint8Array {
  return bytes(`id,${names.join()}\n${rows.map((row) => `${[idOf(row), ...cells(row)].join()}\n`).join('')}`)
}

function challenge(metric: string, columns: Columns, rows: Rows, right: Cells, files: Record<string, Cells>) {
  const names = columns.map(({ name }) => name)
  const submission = { idColumn: 'id', columns, rows: rows.rows.length, maxBytes: 1_000_000 }
  const task = taskOf({ submission, metric: { id: metric, version: 1, params: {} } })
  const truth = csv(names, rows, right)
  const entries = Object.entries(files).map(([solver, cells], i) => {
    return { number: i + 1, solver, submission: csv(names, rows, cells) }
  })
  return { task, truth: prepareTruth(truth, task.truthShape(truth)), entries }
}
type Side = ReturnType<typeof challenge>

function compare(one: Side, other: Side) {
  const common = commonOf(one, other)
  if ('misfit' in common) throw new Error(common.misfit)
  return copiesAcross(one, other, common)
}

const LABELS: Columns = [{ name: 'y', type: 'string' }]
const labels = (rows: Rows, files: Record<string, string[]>, metric = 'accuracy') => {
  const cells = Object.entries(files).map(([solver, all]) => [solver, (row: number) => [all[row]!]] as const)
  return challenge(metric, LABELS, rows, (row) => [label(row)], Object.fromEntries(cells))
}
const mended = (all: readonly string[]) => {
  let errors = 0
  return all.map((text, row) => (text !== label(row) && errors++ % 20 === 0 ? label(row) : text))
}

test('labels: a mended copy of another account is found in a challenge that has two thirds of the rows, honest work is not', () => {
  const [ada, bob, eve] = [classifier(1), classifier(2), classifier(3)]
  const one = labels({ rows: ALL }, { ada, bob })
  const other = labels({ rows: ALL.filter((row) => row % 3 > 0).reverse() }, { eve, mallory: mended(ada) }, 'f1_macro')
  const found = compare(one, other)
  expect(found).toMatchObject({ shared: 400, rows: 400, morePairs: 0, one: { compared: 2 }, other: { compared: 2 } })
  expect(found.pairs).toEqual([{ numbers: [1, 2], measure: 'errors', value: expect.any(Number) }])
  expect(found.pairs[0]!.value).toBeGreaterThan(0.9)
  const turned = compare(other, one)
  expect(turned.pairs).toEqual([{ ...found.pairs[0], numbers: [2, 1] }])
})

test('an account may hand in its own work twice', () => {
  const ada = classifier(1)
  expect(compare(labels({ rows: ALL }, { ada }), labels({ rows: ALL }, { ada })).pairs).toEqual([])
})

test('numbers in columns of another order: a copy with a little noise is found, models that share most of their error are not', () => {
  const second = (row: number) => Math.cos(row * 3) * 1000
  const model = (seed: number) => {
    const [x, y] = [regressor(seed), regressor(seed + 100)]
    return { x: (row: number) => x[row]!, y: (row: number) => second(row) + (y[row]! - target(row)) * 50 }
  }
  const [ada, bob, eve, noise] = [model(1), model(2), model(3), randoms(5)]
  const [x, y]: Columns = ['x', 'y'].map((name) => ({ name, type: 'number' as const }))
  const one = challenge('rmse', [x!, y!], { rows: ALL }, (row) => [target(row), second(row)], {
    ada: (row) => [ada.x(row), ada.y(row)],
    bob: (row) => [bob.x(row), bob.y(row)],
  })
  const other = challenge('rmse', [y!, x!], { rows: ALL.toReversed() }, (row) => [second(row), target(row)], {
    eve: (row) => [eve.y(row), eve.x(row)],
    mallory: (row) => [ada.y(row), ada.x(row) + (noise() - 0.5) * 0.05],
  })
  expect(compare(one, other).pairs.map(({ numbers }) => numbers)).toEqual([[1, 2]])
})

test('ids are the same by their text: decimal ones are found among others', () => {
  const [ada, bob] = [classifier(1), classifier(2)]
  const one = labels({ rows: ALL, idOf: String }, { ada, bob })
  const idOf = (row: number) => (row % 2 === 0 ? `${row}` : `0${row}`)
  const other = labels({ rows: ALL, idOf }, { mallory: ada })
  expect(one.truth.index.kind).toBe('decimal')
  expect(other.truth.index.kind).toBe('text')
  for (const found of [compare(one, other), compare(other, one)])
    expect(found).toMatchObject({ shared: ROWS / 2, pairs: [{ value: 1 }] })
})

test('other columns, other kinds of truths and too few ids do not fit', () => {
  const one = labels({ rows: ALL }, {})
  const with29 = { rows: ALL, idOf: (row: number) => (row < 29 ? named(row) : `other-${row}`) }
  expect(commonOf(one, labels(with29, {}))).toEqual({ misfit: 'ids', shared: 29 })
  const with30 = { rows: ALL, idOf: (row: number) => (row < 30 ? named(row) : `other-${row}`) }
  expect((commonOf(one, labels(with30, {})) as Common).rows.one).toHaveLength(30)
  const renamed = challenge('accuracy', [{ name: 'z', type: 'string' }], { rows: ALL }, (row) => [label(row)], {})
  const numeric = challenge('rmse', [{ name: 'y', type: 'number' }], { rows: ALL }, (row) => [row], {})
  // One predicts a class by its probability, the other the number itself.
  const likely = challenge('roc_auc', [{ name: 'y', type: 'number' }], { rows: ALL }, (row) => [row % 2], {})
  for (const [a, b] of [
    [one, renamed],
    [one, numeric],
    [likely, numeric],
  ] as const)
    expect(commonOf(a, b)).toEqual({ misfit: 'columns' })
})

test('a hundred files of each challenge are compared, fifty pairs are told, and how many are not', () => {
  const ada = classifier(1)
  const many = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`solver ${from + i}`, ada]))
  const found = compare(labels({ rows: ALL }, many(0, 103)), labels({ rows: ALL }, many(1000, 3)))
  expect(found).toMatchObject({
    one: { compared: 100, leftOut: { files: 3, steps: 0 } },
    other: { compared: 3, leftOut: { files: 0, steps: 0 } },
    morePairs: 250,
  })
  expect(found.pairs).toHaveLength(50)
})

test('models are compared with predictions, and run while half of the steps have room', () => {
  const rows = Array.from({ length: 40 }, (_, row) => row)
  const off = (row: number) => ((row * 17) % 40) + row
  const columns: Columns = [{ name: 'y', type: 'number' }]
  const predictions = challenge('mae', columns, { rows }, (row) => [row], { ada: (row) => [off(row)] })
  const submission = {
    ...{ idColumn: 'id', columns, rows: 40, maxBytes: 100_000 },
    ...{ formats: ['wasm'] as const, model: { inputs: [{ name: 'x', type: 'number' as const }], fuel: 100_000 } },
  }
  const task = taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } })
  const file = csv(['y', 'x'], { rows }, (row) => [row, off(row)])
  const entries = ['bob', 'eve'].map((solver, i) => ({ number: i + 1, solver, submission: modelOf([0x20, 0]) }))
  const models = { task, truth: prepareTruth(file, task.truthShape(file)), entries }
  const common = commonOf(models, predictions) as Common
  expect(copiesAcross(models, predictions, common, 400_000)).toMatchObject({
    one: { compared: 2, leftOut: { steps: 0 } },
    pairs: [
      { numbers: [1, 1], measure: 'residuals', value: 1 },
      { numbers: [2, 1], measure: 'residuals', value: 1 },
    ],
  })
  expect(copiesAcross(models, predictions, common, 200_000)).toMatchObject({
    one: { compared: 1, leftOut: { steps: 1 } },
    other: { compared: 1, leftOut: { steps: 0 } },
  })
})
