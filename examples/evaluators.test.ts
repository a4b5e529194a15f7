/** The example evaluators as they are built: each scores as its first lines say. */
import { readFileSync } from 'node:fs'
import { evaluatorFile, gradeTask, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import { expect, test } from 'vitest'

const bytes = (text: string) => new TextEncoder().encode(text)

function scoreOf(language: string, type: 'number' | 'string' | 'text', truth: string, file: string, more: object = {}) {
  const module = new Uint8Array(readFileSync(new URL(`evaluators/${language}/evaluator.wasm`, import.meta.url)))
  const params = { module: 'evaluator.wasm', direction: 'minimize', ...more }
  const submission = { idColumn: 'id', columns: [{ name: 'y', type }], rows: 3, maxBytes: 1000 }
  const task = taskOf({ submission, metric: { id: 'evaluator', version: 1, params } }, module)
  const prepared = prepareTruth(bytes(truth), task.truthShape(bytes(truth)))
  const salt = new Uint8Array(32)
  return gradeTask({ task, truth: prepared, salt, ranked: false, submission: bytes(file) })
}

test('C: what is missed costs five times what is found without being there', () => {
  const result = scoreOf('c', 'string', 'id,y\n1,yes\n2,no\n3,yes\n', 'id,y\n3,yes\n2,yes\n1,no\n')
  expect(result).toMatchObject({ status: 'graded', score: (5 + 1) / 3 })
})

test('Rust: errors are weighted by a further column of the truth', () => {
  const truth = 'id,y,difficulty\n1,1,1\n2,5,3\n3,0,0\n'
  const result = scoreOf('rust', 'number', truth, 'id,y\n2,6\n3,9\n1,3\n', { truth_columns: ['difficulty:number'] })
  expect(result).toMatchObject({ status: 'graded', score: (2 * 1 + 1 * 3) / 4 })
})

test('AssemblyScript: an error of half is none', () => {
  const result = scoreOf('assemblyscript', 'number', 'id,y\n1,1\n2,5\n3,5\n', 'id,y\n3,5.5\n2,7\n1,1.2\n')
  expect(result).toMatchObject({ status: 'graded', score: Math.sqrt(1.5 ** 2 / 3) })
})

test('Zig: case does not count', () => {
  const result = scoreOf('zig', 'text', 'id,y\n1,Yes\n2,no\n3,café\n', 'id,y\n3,CAFé\n2,NO\n1,ja\n')
  expect(result).toMatchObject({ status: 'graded', score: 2 / 3 })
})

test('Python: both classes count the same, and case does not', async () => {
  const source = new Uint8Array(readFileSync(new URL('evaluators/python/evaluator.py', import.meta.url)))
  const params = { module: 'evaluator.py', language: 'python', direction: 'maximize' }
  const submission = { idColumn: 'id', columns: [{ name: 'y', type: 'text' as const }], rows: 4, maxBytes: 1000 }
  const metric = { id: 'evaluator', version: 1, params }
  const task = taskOf({ submission, metric }, await evaluatorFile(metric, source))
  const truth = bytes('id,y\n1,Yes\n2,no\n3,no\n4,No\n')
  const prepared = prepareTruth(truth, task.truthShape(truth))
  const scored = (file: string) =>
    gradeTask({ task, truth: prepared, salt: new Uint8Array(32), ranked: false, submission: bytes(file) })
  expect(scored('id,y\n4,NO\n3,no\n2,yes\n1,YES\n')).toMatchObject({ status: 'graded', score: (1 + 2 / 3) / 2 })
  expect(scored('id,y\n4,NO\n3,no\n2,maybe\n1,YES\n')).toMatchObject({
    reason: 'evaluator_refused',
    message: 'The evaluator of this challenge refuses this submission. … of the answers are none of the classes.',
  })
})
