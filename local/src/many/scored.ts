/** What the two files of a small challenge score, by the engine, and so the threshold that one of them reaches. */
import {
  evaluatorFile,
  evaluatorModule,
  getMetric,
  gradeTask,
  isMetricId,
  metricOf,
  prepareTruth,
  type TaskResult,
  taskOf,
} from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'
import type { ChallengePlan } from '@stellartrain/sdk'
import type { Kind } from './kinds.ts'

export type Scored = {
  wins: bigint
  loses: bigint
  better(one: bigint, other: bigint): boolean
}

export const submissionOf = ({ submission, rows }: Pick<Kind, 'submission' | 'rows'>): ChallengePlan['submission'] => ({
  ...{ format: 'csv', idColumn: 'id', rows, maxBytes: 1_000_000 },
  ...submission,
})

/** @throws Error where a file would be rejected */
export async function scored(kind: Kind): Promise<Scored> {
  const { id, params = {} } = kind.metric
  const version = isMetricId(id) ? getMetric(id).version : 1
  const source = { submission: submissionOf(kind), metric: { id, params, version } }
  const evaluator = kind.datasets.find(({ name }) => name === evaluatorModule(source.metric))?.bytes
  const task = taskOf(source, await evaluatorFile(source.metric, evaluator), await onnxFor(source))
  const truth = prepareTruth(kind.truth, task.truthShape(kind.truth))
  const score = (submission: Uint8Array): bigint =>
    unitsOf(gradeTask({ task, truth, salt: new Uint8Array(32), ranked: false, submission }))
  const { direction } = metricOf(task)
  return {
    wins: score(kind.wins),
    loses: score(kind.loses),
    better: (one, other) => (direction === 'maximize' ? one > other : one < other),
  }
}

function unitsOf(result: TaskResult): bigint {
  if (result.status === 'rejected') throw new Error(result.message)
  return result.scoreUnits
}
