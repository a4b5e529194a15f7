/** A challenge that cannot work shows it before anybody competes. */

import { expect, test } from 'vitest'
import { gradeTask } from './gradetask.ts'
import { type Task, type TaskSource, taskOf } from './manifesttask.ts'
import { trial } from './trial.ts'
import { prepareTruth } from './truth.ts'

const salt = new Uint8Array(32)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function source(id: string, columns: TaskSource['submission']['columns'], params = {}, rows = 4): TaskSource {
  return { submission: { idColumn: 'id', columns, rows, maxBytes: 1000 }, metric: { id, params, version: 1 } }
}

function withShape(task: Task, truth: string): Parameters<typeof prepareTruth> {
  return [bytes(truth), task.truthShape(bytes(truth))]
}

function scores(task: TaskSource, truth: string): unknown[] {
  const { perfect, constant } = trial(taskOf(task), bytes(truth), salt)
  return [perfect, constant].map((result) => (result.status === 'graded' ? result.score : result.reason))
}

const LABELS = 'id,species\na,x\nb,y\nc,x\nd,"z, z"\n'

test.each([
  ['accuracy', source('accuracy', [{ name: 'species', type: 'string' }]), LABELS, [1, 0.5]],
  ['integer classes', source('f1_micro', [{ name: 'p', type: 'integer' }]), 'id,v\n1,0\n2,1\n3,1\n4,1\n', [1, 0.75]],
  ['roc_auc', source('roc_auc', [{ name: 'p', type: 'number' }]), 'id,v\n1,0\n2,1\n3,1\n4,0\n', [1, 0.5]],
  ['rmse', source('rmse', [{ name: 'p', type: 'number' }]), 'id,v\n1,0\n2,0\n3,4\n4,4\n', [0, 2]],
  ['r2', source('r2', [{ name: 'p', type: 'number' }]), 'id,v\n1,0.1\n2,0.5\n3,1e-3\n4,4\n', [1, 0]],
] as const)('%s: perfect values score best, constant ones show the floor', (_, task, truth, expected) => {
  expect(scores(task, truth)).toEqual(expected)
})

test('log loss is tried with one column and with one per class', () => {
  const one = scores(source('log_loss', [{ name: 'p', type: 'number' }]), 'id,v\n1,0\n2,1\n3,1\n4,0\n') as number[]
  expect(one[0]).toBeLessThan(1e-9)
  expect(one[1]).toBeCloseTo(Math.log(2), 12)
  const columns = ['x', 'y', 'z, z'].map((name) => ({ name, type: 'number' as const }))
  const each = scores(source('log_loss', columns), LABELS) as number[]
  expect(each[0]).toBeLessThan(1e-9)
  expect(each[1]).toBeCloseTo(Math.log(3), 12)
})

test.each([
  ['accuracy', source('accuracy', [{ name: 'p', type: 'string' }]), ['x', 'y', 'x', '"z, z"', 'y', 'y']],
  ['rmse', source('rmse', [{ name: 'p', type: 'number' }]), ['-0', '1e-7', '0.1', '3', '1e21', '-2.5']],
  ['roc_auc', source('roc_auc', [{ name: 'p', type: 'number' }]), ['0', '1', '1', '0', '1', '0']],
])('%s: a trial of a ranking scores on either part what a file with the true values scores there', (_, of, values) => {
  const task = taskOf({ ...of, submission: { ...of.submission, rows: values.length } })
  const lines = values.map((value, i) => `r${i},${value}`)
  const usage = lines.map((line, i) => `${line},${i % 3 === 0 || i === 1 ? 'public' : 'private'}`)
  const truth = prepareTruth(...withShape(task, `id,v,usage\n${usage.join('\n')}\n`))
  const submission = bytes(`id,p\n${lines.join('\n')}\n`)
  const { perfect } = trial(task, truth, salt, true)
  const graded = gradeTask({ task, truth, salt, ranked: true, submission })
  expect(graded).toMatchObject({ status: 'graded', privateScore: expect.any(BigInt) })
  expect(perfect).toEqual({ ...graded, contentHash: '0'.repeat(64) })
})

test('a label of the truth that submissions may not use is found', () => {
  const task = source('accuracy', [{ name: 'species', type: 'string', labels: ['x', 'y'] }])
  expect(scores(task, LABELS)[0]).toBe('unknown_label')
})

test.each([
  [
    'another version of the metric',
    { ...source('accuracy', [{ name: 'p', type: 'string' }]), metric: { id: 'accuracy', params: {}, version: 9 } },
    'metric_unknown',
  ],
  ['a metric that does not read text', source('rmse', [{ name: 'p', type: 'string' }]), 'shape_invalid'],
  ['an unknown parameter', source('rmse', [{ name: 'p', type: 'number' }], { beta: 2 }), 'params_invalid'],
] as const)('%s is refused', (_, task, code) => {
  expect(() => taskOf(task)).toThrow(expect.objectContaining({ code }))
})

test.each([
  ['no value column', 'id\na\n', 'shape_invalid'],
  ['a third column that is not usage', 'id,v,hint\na,x,1\n', 'shape_invalid'],
  ['a repeated id', 'id,v\na,x\na,y\n', 'truth_invalid'],
])('a truth with %s is refused', (_, truth, code) => {
  const task = taskOf(source('accuracy', [{ name: 'species', type: 'string' }]))
  expect(() => trial(task, bytes(truth), salt)).toThrow(expect.objectContaining({ code }))
})

test.each([3, 5])('a truth of 4 rows is refused where a submission is to have %d: no file could be graded', (rows) => {
  const task = taskOf(source('accuracy', [{ name: 'species', type: 'string' }], {}, rows))
  const refused = { code: 'shape_invalid', message: expect.stringContaining('but the truth has 4: set `rows` to 4.') }
  expect(() => trial(task, bytes(LABELS), salt)).toThrow(expect.objectContaining(refused))
})

test('a truth of numbers is refused by a metric that makes its trial of boxes', () => {
  const task = taskOf(source('coco_ar', [{ name: 'boxes', type: 'list' }]))
  const truth = prepareTruth(bytes('id,v\na,1\nb,2\n'), { idColumn: 'id', valueColumn: 'v', type: 'number' })
  expect(() => trial(task, truth, salt)).toThrow(expect.objectContaining({ code: 'shape_invalid' }))
})
