/** What the wizard makes of a challenge that takes models is what engine and manifest take. */
import { manifestSchema } from '@stellartrain/ipfs-content/manifest'
import { PROGRAM_LIMITS, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import { expect, it } from 'vitest'
import type { Trials } from './engine.ts'
import { newForm } from './form.ts'
import { checkModels, evaluatorFuel, inputsOf, MODEL_MOST, modelTerms, takingModels } from './models.ts'
import { splitLabeled } from './split.ts'
import { plannedSubmission } from './submission.ts'
import { targetOf, taskSource } from './target.ts'
import { uniqueOf } from './terms.ts'

const form = { ...newForm(0, 'C'), formats: 'models' as const }
const rows = Array.from(
  { length: 20 },
  (_, at) => `r${at},${at / 2},${at % 3 ? 'red' : ''},${at % 2 ? 'cat' : 'dog'},w${at}`,
)
const labeled = `id,size,color,kind,word\n${rows.join('\n')}\n`

it('the rows to predict are sealed whole, and models get all of their columns but the target', () => {
  const options = { idColumn: 'id', targetColumn: 'kind', testShare: 0.5, seed: 1 }
  expect(splitLabeled(labeled, options).truth).toMatch(/^id,kind\n/)
  const { truth, train } = splitLabeled(labeled, { ...options, sealed: true })
  expect(truth).toMatch(/^id,kind,size,color,word\n/)
  expect(train).toMatch(/^id,size,color,word,kind\n/)
  const inputs = inputsOf(truth)
  expect(inputs).toEqual([
    { name: 'size', type: 'number' },
    { name: 'color', type: 'text' },
    { name: 'word', type: 'string' },
  ])
  const source = takingModels(taskSource(targetOf(truth), 'accuracy', 1, ''), inputs, modelTerms(form)!)
  const bytes = new TextEncoder().encode(truth)
  expect(prepareTruth(bytes, taskOf(source).truthShape(bytes)).modelRows?.inputs).toHaveLength(3)
  const planned = plannedSubmission({ source } as unknown as Trials, form)
  expect(planned).toMatchObject({ formats: ['wasm', 'onnx'], maxBytes: 4_000_000, model: { fuel: 100_000_000 } })
  expect(manifestSchema.shape.submission.safeParse(planned).success).toBe(true)
  // As create decides it: two models that were made apart are never the same bytes.
  expect(uniqueOf({ kind: 'bounty', unique: '' }, { source })).toMatchObject({ unique: true, against: false })
})

it('columns that say how a truth is scored are nothing that models get', () => {
  expect(inputsOf('id,y,usage,x\na,1,public,2\n')).toEqual([{ name: 'x', type: 'number' }])
})

it('an evaluator gets the steps that models leave, twice where a ranking scores a file twice', () => {
  expect(evaluatorFuel(0, false, 'wasm')).toBeUndefined()
  expect(evaluatorFuel(0, true, 'wasm')).toBe(600_000_000)
  expect(evaluatorFuel(400_000_000, true, 'wasm')).toBe(400_000_000)
  expect(evaluatorFuel(2_000_000_000, false, 'wasm')).toBe(1)
  expect(evaluatorFuel(0, true, 'python')).toBeUndefined()
  expect(evaluatorFuel(400_000_000, true, 'python')).toBe(4_000_000_000)
  expect(PROGRAM_LIMITS.fuel).toBe(1_000_000_000)
})

it('limits are those of the engine', () => {
  expect(MODEL_MOST.steps).toBe(PROGRAM_LIMITS.maxFuel)
  expect(MODEL_MOST.memoryMib).toBe(PROGRAM_LIMITS.maxMemoryMib)
  expect(MODEL_MOST.megabytes * 1_000_000).toBeLessThanOrEqual(PROGRAM_LIMITS.modelBytes)
  expect(checkModels(form)).toEqual({})
  const wrong = { ...form, modelSteps: '10000000001', modelMemory: '0', modelMegabytes: '17' }
  expect(Object.keys(checkModels(wrong))).toEqual(['modelSteps', 'modelMemory', 'modelMegabytes'])
  expect(modelTerms(wrong)).toBeUndefined()
  expect(modelTerms({ ...form, formats: 'csv' })).toBeUndefined()
})
