/** The example models as they are built: each predicts, on rows that it has not seen, as its first lines say. */
import { readFileSync } from 'node:fs'
import { gradeTask, precheck, prepareTruth, type TaskSource, taskOf, trial } from '@stellartrain/oracle-grade'
import { loadOnnx } from '@stellartrain/oracle-grade/onnx'
import { expect, test } from 'vitest'

const file = (path: string) => new Uint8Array(readFileSync(new URL(path, import.meta.url)))
const plan = JSON.parse(new TextDecoder().decode(file('plans/model.json'))) as TaskSource
const task = taskOf({ submission: plan.submission, metric: { id: 'accuracy', params: {}, version: 1 } })
const truth = file('plans/penguins-hidden.csv')
const prepared = prepareTruth(truth, task.truthShape(truth))
const salt = new Uint8Array(32)
const scoreOf = (language: string) =>
  gradeTask({ task, truth: prepared, salt, ranked: false, submission: file(`models/${language}/model.wasm`) })

test('Rust: a logistic regression is right about 92 of 101 penguins', () => {
  expect(scoreOf('rust')).toMatchObject({ status: 'graded', score: 92 / 101, rows: 101 })
})

test('AssemblyScript: a rule on the body mass is right less often', () => {
  const ruled = scoreOf('assemblyscript')
  expect(ruled).toMatchObject({ status: 'graded' })
  expect('score' in ruled && ruled.score).toBeGreaterThan(0.75)
  expect('score' in ruled && ruled.score).toBeLessThan(92 / 101)
})

test('a perfect and a constant prediction are tried without a model, and a model on published rows', () => {
  expect(trial(task, prepared, salt)).toMatchObject({ perfect: { score: 1 }, constant: { status: 'graded' } })
  const sample = file('../local/data/penguins/train.csv')
  const check = precheck(file('models/rust/model.wasm'), task.shape, { sample })
  expect(check).toMatchObject({ ok: true, rows: 232, summaries: [{ distinct: 2, count: 232 }] })
})

test.each([
  ['a logistic regression', 'model', 90],
  ['a network', 'network', 92],
  ['a random forest', 'forest', 87],
  ['one threshold', 'baseline', 56],
])('ONNX: %s is right as often as in Python', async (_, name, right) => {
  const { submission } = JSON.parse(new TextDecoder().decode(file('plans/onnx.json'))) as TaskSource
  const metric = { id: 'accuracy', params: {}, version: 1 }
  const onnx = taskOf({ submission, metric }, undefined, await loadOnnx())
  const graded = gradeTask({
    task: onnx,
    truth: prepared,
    salt,
    ranked: false,
    submission: file(`models/onnx/${name}.onnx`),
  })
  expect(graded).toMatchObject({ status: 'graded', score: right / 101, rows: 101 })
})
