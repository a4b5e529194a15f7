/** What the two files of a small challenge score, by the engine, and so the threshold that one of them reaches. */
import {
  getMetric,
  gradeTask,
  isMetricId,
  metricOf,
  prepareTruth,
  type TaskResult,
  taskOf,
} from '@stellartrain/oracle-grade'
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
export function scored(kind: Kind): Scored {
  const { id, params = {} } = kind.metric
  const version = isMetricId(id) ? getMetric(id).version : 1
  const module = kind.datasets.find(({ name }) => name === 'evaluator.wasm')?.bytes
  const task = taskOf({ submission: submissionOf(kind), metric: { id, params, version } }, module)
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
