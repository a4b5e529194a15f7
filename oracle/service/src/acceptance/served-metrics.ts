/** What this oracle serves: all metrics of its engine, and where its operator says so the programs of others: makers' evaluators, solvers' models. */
import {
  EVALUATOR,
  EVALUATOR_METRICS,
  evaluatorLanguage,
  isModelFormat,
  type Language,
  METRICS,
  MODEL_METRICS,
  type ModelFormat,
  type TaskSource,
} from '@stellartrain/oracle-grade'
import { stepsIn, stepsOf } from '../grading/steps.ts'
import type { Refusal } from '../refusal.ts'

export type Programs = Readonly<{ evaluators: readonly Language[]; models: readonly ModelFormat[] }>

/** As they stand in what the oracle says about itself. */
export const servedMetrics = ({ evaluators, models }: Programs): string[] => [
  ...METRICS.map(({ id }) => id),
  ...evaluators.map((language) => EVALUATOR_METRICS[language]),
  ...models.map((format) => MODEL_METRICS[format]),
]

/**
 * Undefined where no program is asked for that its operator does not run; a metric that it does not know the engine itself refuses.
 * @param served `seconds`: the time limit of one grading; `ranked`: whether private rows are scored beside the public ones
 * @throws GradeError `params_invalid`
 */
export function refusePrograms(
  source: TaskSource,
  served: Programs & Readonly<{ seconds: number; ranked: boolean }>,
): Refusal | undefined {
  const { metric, submission } = source
  const language = metric.id === EVALUATOR ? evaluatorLanguage(metric.params) : undefined
  if (language && !served.evaluators.includes(language))
    return {
      code: 'evaluator_not_served',
      message: `This challenge is scored by an evaluator of its maker, in ${language}. The operator of this oracle runs none of these: ORACLE_EVALUATORS.`,
    }
  const unserved = submission.formats?.find((format) => isModelFormat(format) && !served.models.includes(format))
  if (submission.model && unserved)
    return {
      code: 'models_not_served',
      message: `This challenge takes models in the format ${unserved}. The operator of this oracle runs none of these: ORACLE_MODELS.`,
    }
  // What is stopped for its time has no verdict, and is tried again: who chose slow steps could keep this oracle busy.
  const [most, steps] = [stepsIn(served.seconds), stepsOf(source, served.ranked)]
  if (steps > most)
    return {
      code: 'too_much_fuel',
      message: `Programs of this challenge may take ${steps} steps for one file${served.ranked ? ', whose public and private rows an evaluator scores one after the other' : ''}. More than ${most} can take longer than the ${served.seconds} s that this oracle has for one: give less fuel, or choose an oracle with more WORKER_SECONDS.`,
    }
  return undefined
}
