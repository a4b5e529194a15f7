/** The oracles' engine on what was opened: the score of a payload, or why it has none. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type Graded, GradeError, grade, type Part, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import type { Evidence } from './evidence.ts'

/** A payload without a score on the rows asked for. One that lacks it only there still has a content hash. */
export type Ungraded = { problem: string; code?: number; contentHash?: string }

/** Scores a payload on these rows. */
export type Regrade = (payload: Uint8Array, part: Part) => Graded | Ungraded

/** The truth is read once, however many payloads follow. */
export function regradeWith({
  opened,
  manifest,
  evaluator: file,
  onnx,
}: Pick<Evidence, 'opened' | 'manifest' | 'evaluator' | 'onnx'>): Regrade {
  if (manifest instanceof ContentError || 'missing' in opened) return () => ({ problem: 'the truth is not open' })
  if (file instanceof ContentError) return () => ({ problem: `the evaluator cannot be fetched: ${file.message}` })
  const { csv, salt } = opened
  let task: ReturnType<typeof taskOf> | undefined
  let prepared: ReturnType<typeof prepareTruth> | undefined
  const on = (submission: Uint8Array, part: Part) => {
    task ??= taskOf(manifest, file, onnx)
    const { metric, evaluator, params, shape, truthShape } = task
    prepared ??= prepareTruth(csv, truthShape(csv))
    return grade({ metric, evaluator, params, truth: prepared, submission, shape, salt, part })
  }
  return (payload, part) => {
    try {
      const result = on(payload, part)
      if (result.status === 'graded') return result
      const problem = { problem: `would be rejected: ${result.message}`, code: result.code }
      if (part !== 'private') return problem
      const publicly = on(payload, 'public')
      return publicly.status === 'graded' ? { ...problem, contentHash: publicly.contentHash } : problem
    } catch (error) {
      if (error instanceof GradeError) return { problem: error.message }
      throw error
    }
  }
}
