/** Models of solvers who mean harm, or make mistakes: each ends with a typed reason, the same for everyone, that says nothing of the sealed rows. */

import { expect, test } from 'vitest'
import { hashSubmission } from '../canonical/hashsubmission.ts'
import { type GradeResult, grade } from '../grade.ts'
import { taskOf } from '../manifesttask.ts'
import { precheck } from '../precheck.ts'
import { prepareTruth } from '../truth.ts'
import { leb, signedLeb } from './bytes.ts'
import { predict } from './model.ts'
import { f64, modelOf, moduleOf } from './module.fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const submission = {
  ...{ idColumn: 'id', rows: 4, maxBytes: 100_000, formats: ['wasm'] as const },
  columns: [{ name: 'y', type: 'number' as const, max: 1000 }],
  model: { inputs: [{ name: 'x', type: 'number' as const }], fuel: 100_000, memoryMib: 1 },
}
const task = taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } })
const truthCsv = bytes('id,y,x,usage\nb,20,2,public\na,10,1,public\nd,40,4,private\nc,30,3,private\n')
const truth = prepareTruth(truthCsv, task.truthShape(truthCsv))
const salt = new Uint8Array(32)
const run = (model: Uint8Array, part: 'all' | 'public' | 'private' = 'all'): GradeResult =>
  grade({ metric: 'mae', params: {}, truth, submission: model, shape: task.shape, salt, part })

/** The table that it gets is a table of one column of numbers: handed back as it is, each x is a prediction. */
const echo = modelOf([0x20, 0])
/** i32.store(local 0 + at, value), before handing the table back. */
const with32 = (at: number, value: number): Uint8Array =>
  modelOf([0x20, 0, 0x41, ...signedLeb(value), 0x36, 2, at, 0x20, 0])
/** f64.store(local 0 + 24 + 8 · row, value): the values are behind the header of 24 bytes. */
const withValue = (row: number, value: number): Uint8Array =>
  modelOf([0x20, 0, ...f64(value), 0x39, 3, 24 + 8 * row, 0x20, 0])

test('what a model returns is scored as a file of predictions is, in the order of the ids', () => {
  // |10 − 1|, |20 − 2|, |30 − 3|, |40 − 4|
  expect(run(echo)).toMatchObject({ status: 'graded', score: 22.5, rows: 4 })
  expect(run(echo, 'public')).toMatchObject({ score: 13.5, scoredRows: 2 })
  expect(run(echo, 'private')).toMatchObject({ score: 31.5, scoredRows: 2 })
})

test('a text that is longer than any cell is in no table: it is not copied to find out', () => {
  const one = taskOf({
    submission: {
      ...submission,
      columns: [{ name: 'y', type: 'text' as const }],
      model: { ...submission.model, memoryMib: 8 },
    },
    metric: { id: 'exact_match', version: 1, params: {} },
  })
  const csv = bytes('id,y,x\na,p,1\n')
  // A table at 8 of one row and one column: its ends at 32, its text of 5 MiB from 64 on.
  const words = [1, 1, 1, 24, 56, 5 * 1024 * 1024]
  const stores = [...words.map((word, i) => [8 + 4 * i, word] as const), [36, 5 * 1024 * 1024] as const]
  const predict = stores.flatMap(([at, value]) => [0x41, ...signedLeb(at), 0x41, ...signedLeb(value), 0x36, 2, 0])
  const model = modelOf([...predict, 0x41, 8], { memory: [1, 0, ...leb(100)] })
  const ofOne = { truth: prepareTruth(csv, one.truthShape(csv)), shape: one.shape, salt }
  expect(grade({ metric: 'exact_match', params: {}, submission: model, ...ofOne })).toMatchObject({
    reason: 'model_bad_table',
  })
})

test('its content hash is that of its bytes: two models that predict alike are no copies', () => {
  const [one, other] = [run(echo), run(withValue(0, 1))]
  if (one.status === 'rejected' || other.status === 'rejected') throw new Error('both are graded')
  expect(one.score).toBe(other.score)
  expect(one.contentHash).not.toBe(other.contentHash)
  expect(hashSubmission(echo, task.shape, salt)).toBe(one.contentHash)
})

const LOOP = [0x03, 0x40, 0x0c, 0, 0x0b, 0x00]
const HOSTILE: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  'a CSV': [bytes('id,y\na,1\n'), 'wrong_format'],
  'an evaluator': [moduleOf(), 'bad_module'],
  'a module that is cut off': [echo.subarray(0, echo.length - 4), 'bad_module'],
  'a file beyond the limit': [new Uint8Array(100_001), 'file_too_large'],
  'an endless loop': [modelOf(LOOP), 'model_out_of_fuel'],
  'a call of itself for ever': [modelOf([0x20, 0, 0x20, 1, 0x10, 1]), 'model_too_deep'],
  'a fault': [modelOf([0x00]), 'model_trapped'],
  'no room for the rows': [modelOf([0x20, 0], { alloc: [0x41, 0] }), 'model_no_room'],
  'no table': [modelOf([0x41, 0]), 'model_bad_table'],
  'a table at the end of the memory': [modelOf([0x41, ...signedLeb(65_530)]), 'model_bad_table'],
  'a table at -1': [modelOf([0x41, ...signedLeb(-1)]), 'model_bad_table'],
  'a row less': [with32(0, 3), 'model_bad_table'],
  '2^32 - 1 rows': [with32(0, -1), 'model_bad_table'],
  'another number of columns': [with32(4, 2), 'model_bad_table'],
  'texts instead of numbers': [with32(8, 1), 'model_bad_table'],
  'values beyond the memory': [with32(12, -8), 'model_bad_table'],
  'a prediction that is no number': [withValue(2, Number.NaN), 'not_a_number'],
  'an infinite prediction': [withValue(2, Infinity), 'not_finite'],
  'a prediction out of range': [withValue(2, 1001), 'out_of_range'],
}

test.each(Object.entries(HOSTILE))('%s is rejected', (_, [model, reason]) => {
  const result = run(model)
  if (result.status === 'graded') throw new Error('graded')
  if (reason === 'not_a_number') expect(['not_a_number', 'not_finite']).toContain(result.reason)
  else if (reason === 'not_finite') expect(['not_a_number', 'not_finite']).toContain(result.reason)
  else expect(result.reason).toBe(reason)
  // Neither a row nor the shape of a value: a model could choose them by what it sees.
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0]).toMatchObject({ row: null })
  expect(result.problems[0]).not.toHaveProperty('found')
})

test('texts: ends that go back, beyond the texts, or no UTF-8 make no table', () => {
  const texts = {
    ...submission,
    columns: [{ name: 'y', type: 'string' as const }],
    model: { ...submission.model, inputs: [{ name: 'x', type: 'string' as const }] },
  }
  const ofTexts = taskOf({ submission: texts, metric: { id: 'accuracy', version: 1, params: {} } })
  const csv = bytes('id,y,x\na,m,m\nb,é,é\nc,m,f\nd,f,f\n')
  const labels = prepareTruth(csv, ofTexts.truthShape(csv))
  const of = (model: Uint8Array) =>
    grade({ metric: 'accuracy', params: {}, truth: labels, submission: model, shape: ofTexts.shape, salt })
  expect(of(echo)).toMatchObject({ status: 'graded', score: 0.75 })
  // The ends are behind the header of 24 bytes, the texts behind them.
  for (const broken of [
    with32(28, 0x7fffffff),
    with32(32, 0),
    with32(44, 0x80808080 | 0),
    with32(16, -4),
    with32(20, -1),
  ])
    expect(of(broken)).toMatchObject({ status: 'rejected', reason: 'model_bad_table' })
})

test('the same bytes in many columns do not become a file without end', () => {
  const [columns, rows, length] = [1000, 4, 60_000]
  const [ends, texts] = [8 + 16 * columns, 8 + 16 * columns + 4 * (rows + 1)]
  const table = new Uint32Array(texts / 4 + length / 4).fill(0x61616161)
  table.set([rows, columns])
  for (let i = 0; i < columns; i++) table.set([1, ends, texts, length], 2 + 4 * i)
  table.set([0, length, length, length, length], ends / 4)
  const at = 65_536
  const data = [1, 0, 0x41, ...signedLeb(at), 0x0b, ...leb(4 * table.length), ...new Uint8Array(table.buffer)]
  const model = modelOf([0x41, ...signedLeb(at)], { memory: [1, 0, 3], data })
  const wide = {
    ...task.shape,
    columns: Array.from({ length: columns }, (_, i) => ({ name: `y${i}`, type: 'text' as const })),
  }
  const hidden = truth.modelRows!
  expect(predict(model, hidden, { ...wide, model: task.shape.model! })).toMatchObject({ reason: 'model_bad_table' })
  const few = { ...wide, columns: wide.columns.slice(0, 1), model: task.shape.model! }
  table.set([rows, 1])
  const one = [1, 0, 0x41, ...signedLeb(at), 0x0b, ...leb(4 * table.length), ...new Uint8Array(table.buffer)]
  expect(predict(modelOf([0x41, ...signedLeb(at)], { memory: [1, 0, 3], data: one }), hidden, few)).toHaveProperty(
    'csv',
  )
})

test('a model is looked at without rows, and run on published ones', () => {
  expect(precheck(echo, task.shape)).toMatchObject({ ok: true, rows: 0 })
  expect(precheck(moduleOf(), task.shape)).toMatchObject({ ok: false, problems: [{ reason: 'bad_module' }] })
  const sample = bytes('id,color,x\n1,red,5\n2,blue,7\n')
  expect(precheck(echo, task.shape, { sample })).toMatchObject({
    ok: true,
    rows: 2,
    summaries: [{ count: 2, min: 5, max: 7 }],
  })
  expect(precheck(withValue(1, 5000), task.shape, { sample })).toMatchObject({
    ok: false,
    problems: [{ reason: 'out_of_range' }],
  })
})

test('what is asked for in vain is refused with the plan', () => {
  const of = (changes: object) => () =>
    taskOf({ submission: { ...submission, ...changes }, metric: { id: 'mae', version: 1, params: {} } })
  expect(of({ formats: ['csv', 'wasm'] })).toThrow('formats is of "wasm" and "onnx"')
  expect(of({ model: undefined })).toThrow('needs model')
  for (const inputs of [[], [{ name: 'y', type: 'number' }], [{ name: 'usage', type: 'string' }]])
    expect(of({ model: { ...submission.model, inputs } })).toThrow()
  const lacking = bytes('id,y\na,1\n')
  expect(() => task.truthShape(lacking)).toThrow('lacks the column x')
})
