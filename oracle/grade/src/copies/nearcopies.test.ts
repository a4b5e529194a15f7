/** Who copied with changes is found, who worked for itself is not, and the cost is bounded. */

import { expect, test } from 'vitest'
import { taskOf } from '../manifesttask.ts'
import { modelOf } from '../program/module.fixture.ts'
import { prepareTruth } from '../truth.ts'
import { bytes, CLASSES, classifier, label, ROWS, randoms, regressor, target } from './likeness.fixture.ts'
import { nearCopies } from './nearcopies.ts'

const csv = (cell: (row: number) => string | number): Uint8Array =>
  bytes(`id,y\n${Array.from({ length: ROWS }, (_, row) => `${row},${cell(row)}\n`).join('')}`)

function compare(metric: string, type: 'number' | 'string', truth: Uint8Array, files: Record<string, Uint8Array>) {
  const columns = [{ name: 'y', type }]
  const task = taskOf({
    submission: { idColumn: 'id', columns, rows: ROWS, maxBytes: 1_000_000 },
    metric: { id: metric, version: 1, params: {} },
  })
  const entries = Object.entries(files).map(([solver, submission], i) => ({ number: i + 1, solver, submission }))
  return nearCopies(task, prepareTruth(truth, task.truthShape(truth)), entries)
}

test('labels: a copy with every twentieth error mended is shown, honest classifiers that miss the same hard rows are not', () => {
  const [ada, bob] = [classifier(1), classifier(2)]
  let errors = 0
  const copy = ada.map((text, row) => (text !== label(row) && errors++ % 20 === 0 ? label(row) : text))
  const files = { ada: csv((row) => ada[row]!), bob: csv((row) => bob[row]!), eve: csv((row) => copy[row]!) }
  const found = compare('accuracy', 'string', csv(label), files)
  expect(found).toMatchObject({ compared: 3, pairs: [{ numbers: [1, 3], measure: 'errors' }] })
  expect(found.pairs).toHaveLength(1)
  expect(found.pairs[0]!.value).toBeGreaterThan(0.9)
})

test('numbers: a copy with a little noise is shown, models that share most of their error are not', () => {
  const [ada, bob, noise] = [regressor(1), regressor(2), randoms(5)]
  const files = {
    ada: csv((row) => ada[row]!),
    bob: csv((row) => bob[row]!),
    eve: csv((row) => ada[row]! + (noise() - 0.5) * 0.05),
  }
  const { pairs } = compare('rmse', 'number', csv(target), files)
  expect(pairs.map(({ numbers }) => numbers)).toEqual([[1, 3]])
})

test('scores of two classes: a copy that was bent, so that no number is the same, is shown', () => {
  const of = (seed: number) => {
    const random = randoms(seed)
    return Array.from({ length: ROWS }, (_, row) => (row % 2) * 0.3 + random() * 0.7)
  }
  const [ada, bob] = [of(1), of(2)]
  const files = {
    ada: csv((row) => ada[row]!),
    bob: csv((row) => bob[row]!),
    eve: csv((row) => ada[row]! ** 3),
  }
  const { pairs } = compare(
    'roc_auc',
    'number',
    csv((row) => row % 2),
    files,
  )
  expect(pairs).toEqual([{ numbers: [1, 3], measure: 'residuals', value: 1 }])
})

test('labels: few errors say something only where all of them are the same, and fewer than seven nothing', () => {
  const wrongIn = (rows: readonly number[]) =>
    csv((row) => (rows.includes(row) ? CLASSES[(CLASSES.indexOf(label(row)) + 1) % 3]! : label(row)))
  const found = (one: readonly number[], other: readonly number[]) =>
    compare('accuracy', 'string', csv(label), { ada: wrongIn(one), eve: wrongIn(other) }).pairs
  const rows = (count: number) => Array.from({ length: count }, (_, at) => at * 11)
  for (const count of [7, 8, 9])
    expect(found(rows(count), rows(count))).toEqual([{ numbers: [1, 2], measure: 'errors', value: 1 }])
  expect(found(rows(6), rows(6))).toEqual([])
  // One of nine was mended: of ten that would be enough.
  expect(found(rows(9), rows(8))).toEqual([])
  expect(found(rows(10), rows(9))).toMatchObject([{ measure: 'errors', value: expect.closeTo(0.9, 1) }])
})

test('the same solver’s files, nearly perfect ones and ones that would be rejected say nothing', () => {
  const nearly = (wrong: number) => csv((row) => (row === wrong ? 'a' : label(row)))
  const files = { ada: nearly(1), bob: nearly(1), eve: bytes('id,y\n') }
  expect(compare('accuracy', 'string', csv(label), files)).toMatchObject({ compared: 2, pairs: [] })
  const task = taskOf({
    submission: { idColumn: 'id', columns: [{ name: 'y', type: 'string' }], rows: ROWS, maxBytes: 1_000_000 },
    metric: { id: 'accuracy', version: 1, params: {} },
  })
  const truth = prepareTruth(csv(label), task.truthShape(csv(label)))
  const own = classifier(1)
  const entries = [1, 2].map((number) => ({ number, solver: 'ada', submission: csv((row) => own[row]!) }))
  expect(nearCopies(task, truth, entries).pairs).toEqual([])
})

test('of a thousand files a hundred are compared, and fifty pairs are told', () => {
  const own = classifier(1)
  const many = Array.from({ length: 1000 }, (_, i) => [`solver ${i}`, csv((row) => own[row]!)] as const)
  const found = compare('accuracy', 'string', csv(label), Object.fromEntries(many))
  expect(found).toMatchObject({ compared: 100, leftOut: { files: 900, steps: 0 } })
  expect(found.pairs).toHaveLength(50)
})

test('models are run while their steps have room: what one took counts, and what is left out is told', () => {
  const submission = {
    ...{ idColumn: 'id', columns: [{ name: 'y', type: 'number' as const }], rows: 2, maxBytes: 100_000 },
    ...{ formats: ['wasm'] as const, model: { inputs: [{ name: 'x', type: 'number' as const }], fuel: 100_000 } },
  }
  const task = taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } })
  const file = bytes('id,y,x\na,10,1\nb,20,2\n')
  const truth = prepareTruth(file, task.truthShape(file))
  const [quick, endless] = [modelOf([0x20, 0]), modelOf([0x03, 0x40, 0x0c, 0, 0x0b, 0x00])]
  const found = (models: readonly Uint8Array[], steps: number) =>
    nearCopies(
      task,
      truth,
      models.map((model, i) => ({ number: i + 1, solver: `${i}`, submission: model.slice() })),
      steps,
    )
  expect(found(Array(10).fill(quick), 110_000)).toMatchObject({ compared: 10, leftOut: { steps: 0 } })
  expect(found([quick, endless, quick, quick], 199_000)).toMatchObject({ compared: 1, leftOut: { steps: 2 } })
  expect(found([quick, quick], 99_999)).toEqual({ compared: 0, leftOut: { files: 0, steps: 2 }, pairs: [] })
})
