/** Grading through real processes gives what the engine gives. */
import { readFileSync } from 'node:fs'
import { createFormHasher } from '@stellartrain/ipfs-content'
import { grade, prepareTruth, taskOf, writeSubmission, writeTruth } from '@stellartrain/oracle-grade'
import { afterAll, expect, test } from 'vitest'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { createGrader } from './grader.ts'

const data = (name: string) => readFileSync(new URL(`../../../../local/data/penguins/${name}.csv`, import.meta.url))
const truth = { csv: new Uint8Array(data('truth')), salt: new Uint8Array(32).fill(7) }
const [idColumn = '', name = ''] = data('truth').toString().split(/\r?\n/)[0]!.split(',')
const source = {
  submission: { idColumn, columns: [{ name, type: 'string' as const }], rows: 1, maxBytes: 1_000_000 },
  metric: { id: 'f1_macro', params: {}, version: 1 },
}
const inputs = {
  manifest: source,
  manifestCid: 'bafy',
  truth,
  ranked: false,
  labeling: undefined,
} as unknown as GradingInputs

const grader = createGrader({ workers: 2, memoryMb: 256, seconds: 60 })
afterAll(() => grader.close())

test('a submission gets the same score and hash as in this process, however many are graded at once', async () => {
  const csv = new Uint8Array(data('baseline'))
  const task = taskOf(source)
  const { metric, params, shape } = task
  const truthShape = task.truthShape(truth.csv)
  const expected = grade({ metric, params, shape, truth: truth.csv, truthShape, salt: truth.salt, submission: csv })
  if (expected.status !== 'graded') throw new Error(expected.message)
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map((challenge) => grader.grade({ challenge, solver: 'G', attempt: 1, units: 0 }, inputs, csv)),
  )
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({
      score: expected.scoreUnits,
      contentHash: expected.contentHash,
      rows: expected.rows,
    })
})

test('a malformed file is rejected with the code of its first problem', async () => {
  const entry = { challenge: 1, solver: 'G', attempt: 1, units: 0 }
  const outcome = await grader.grade(entry, inputs, new TextEncoder().encode(`${idColumn},${name}\nnobody,Gentoo\n`))
  expect(outcome).toMatchObject({ rejected: 71 })
})

test('a trial shows the best and the floor, and the baseline where there is one', async () => {
  const result = await grader.trial(inputs, new Uint8Array(data('baseline')))
  expect(result).toMatchObject({ perfect: { score: 10_000_000n }, baseline: { score: expect.any(BigInt) } })
})

test('a truth that no metric can use is reported as the challenge being unusable', async () => {
  const broken = { ...inputs, truth: { ...truth, csv: new TextEncoder().encode('id\n1\n') } }
  expect(await grader.trial(broken)).toMatchObject({ unusable: { code: 'shape_invalid' } })
})

test('the forms that commitments are made of come from the same processes, also where the truth is unusable', async () => {
  const task = taskOf(source)
  const csv = new Uint8Array(data('baseline'))
  const [truthForm, form] = [createFormHasher(), createFormHasher()]
  writeTruth(prepareTruth(truth.csv, task.truthShape(truth.csv)), task.shape, truthForm)
  const { rows: _, ...shape } = task.shape
  expect(writeSubmission(csv, shape, form)).toBe(true)
  const entry = { challenge: 1, solver: 'G', attempt: 1, units: 0 }
  expect(await grader.truthForm(source, truth.csv)).toEqual(truthForm.digest())
  expect(await grader.grade(entry, inputs, csv)).toMatchObject({ formHash: form.digest() })
  const broken = grader.truthForm(source, new TextEncoder().encode('id\n1\n'))
  await expect(broken).rejects.toMatchObject({ code: 'shape_invalid', retryable: false })
})
