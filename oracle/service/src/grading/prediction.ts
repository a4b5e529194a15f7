/** Predictions scored against the truth, and the trial of a challenge before it is accepted. */
import { createHash } from 'node:crypto'
import { createFormHasher } from '@stellartrain/ipfs-content/form-hash'
import { evaluatorSays } from '@stellartrain/ipfs-content/report'
import { gradeTask, type TaskResult, trial } from '@stellartrain/oracle-grade'
import type { Answer, Outcome, TrialJob } from './jobs.ts'
import { trialBatch } from './label-batch.ts'
import { prepare, type Ready } from './ready.ts'

const sha256 = () => createHash('sha256')

export function run({ task, truth, salt, ranked }: Ready, submission: Uint8Array): Outcome {
  const form = createFormHasher(sha256)
  const input = { task, truth, salt, ranked, submission, maxProblems: 1, createHash: sha256, form }
  return outcomeOf(gradeTask(input), form.digest())
}

export async function trialJob({ inputs, baseline }: TrialJob): Promise<Answer> {
  const ready = await prepare(inputs)
  if (ready.labeling) return trialBatch(ready, ready.labeling)
  const { perfect, constant } = trial(ready.task, ready.truth, inputs.salt, inputs.ranked)
  const { publicRows, privateRows } = ready.truth
  const answer = {
    kind: 'trial' as const,
    perfect: outcomeOf(perfect, UNHASHED),
    constant: outcomeOf(constant, UNHASHED),
    ...(inputs.ranked && { parts: { public: publicRows, private: privateRows } }),
  }
  return baseline === undefined ? answer : { ...answer, baseline: run(ready, baseline) }
}

/** Nobody commits to a trial. */
const UNHASHED = new Uint8Array()

function outcomeOf(result: TaskResult, formHash: Uint8Array): Outcome {
  if (result.status === 'rejected') {
    const says = evaluatorSays(result.says ?? '')
    return { rejected: result.code, message: result.message, ...(says !== undefined && { says }) }
  }
  const { scoreUnits: score, contentHash, rows, privateScore } = result
  return { score, contentHash, formHash, rows, ...(privateScore !== undefined && { privateScore }) }
}
