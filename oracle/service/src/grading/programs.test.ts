/** Which submissions are graded in the same process, by whose programs run there. */
import { expect, onTestFinished, test } from 'vitest'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { SealedSubmission } from '../challenge-files/sealed.ts'
import { createGrader } from './grader.ts'

const shape = { idColumn: 'id', columns: [{ name: 'y', type: 'number' as const }], rows: 4, maxBytes: 1_000 }
const data = { submission: shape, metric: { id: 'rmse', params: {}, version: 1 } }
const evaluator = { submission: shape, metric: { id: 'evaluator', params: {}, version: 1 } }
const model = { submission: { ...shape, formats: ['wasm'], model: {} }, metric: data.metric }
const file = { sealed: new Uint8Array(), fileKey: '', maxBytes: 1_000 } as unknown as SealedSubmission

function graderOf() {
  const script = new URL('./whose.fixture.ts', import.meta.url)
  const grader = createGrader({ workers: 1, memoryMb: 64, seconds: 120, script })
  onTestFinished(() => grader.close())
  /** The name of the process. */
  return async (challenge: number, manifest: object): Promise<string> => {
    const entry = { challenge, solver: 'G', attempt: 1, units: 0, time: 0 }
    const inputs = { manifest, manifestCid: `bafy${challenge}`, truth: {} } as unknown as GradingInputs
    const outcome = await grader.grade(entry, inputs, file)
    return 'message' in outcome ? outcome.message : ''
  }
}

test('data of all challenges share one; an evaluator has its own for its challenge alone', async () => {
  const grade = graderOf()
  const first = await grade(1, data)
  expect(await grade(2, data)).toBe(first)
  const third = await grade(3, evaluator)
  expect(third).not.toBe(first)
  expect(await grade(3, evaluator)).toBe(third)
  const fourth = await grade(4, evaluator)
  expect(fourth).not.toBe(third)
  expect([first, third, fourth]).not.toContain(await grade(1, data))
})

test('a model of a solver has one for itself', async () => {
  const grade = graderOf()
  const names = [await grade(5, model), await grade(5, model), await grade(5, { ...model, metric: evaluator.metric })]
  expect(new Set([...names, await grade(1, data)]).size).toBe(4)
})
