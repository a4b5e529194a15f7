/** What this oracle serves: all metrics of its engine, and where its operator says so the programs of others: makers' evaluators, solvers' models. */
import { EVALUATOR, METRICS, PROGRAM_LIMITS, type TaskSource } from '@stellartrain/oracle-grade'
import type { Refusal } from './refusal.ts'

export type Programs = Readonly<{ evaluators: boolean; models: boolean }>

/**
 * Steps for which a second of a grading process is enough, whatever they are: a product of the smallest numbers, or a load that no cache
 * has, took 100 ns where it was measured. Most steps take a hundredth of it.
 */
const STEPS_A_SECOND = 10_000_000

/** The word for models beside the metrics. */
const MODEL = 'model'

/** As they stand in what the oracle says about itself. */
export const servedMetrics = ({ evaluators, models }: Programs): string[] => [
  ...METRICS.map(({ id }) => id),
  ...(evaluators ? [EVALUATOR] : []),
  ...(models ? [MODEL] : []),
]

/**
 * Undefined where no program is asked for that its operator does not run; a metric that it does not know the engine itself refuses.
 * @param served `seconds`: the time limit of one grading
 */
export function refusePrograms(
  { metric, submission }: TaskSource,
  served: Programs & Readonly<{ seconds: number }>,
): Refusal | undefined {
  if (metric.id === EVALUATOR && !served.evaluators)
    return {
      code: 'evaluator_not_served',
      message:
        'This challenge is scored by an evaluator of its maker. The operator of this oracle runs none: ORACLE_EVALUATORS=yes.',
    }
  if (submission.model && !served.models)
    return {
      code: 'models_not_served',
      message: 'This challenge takes models. The operator of this oracle runs none: ORACLE_MODELS=yes.',
    }
  // What is stopped for its time has no verdict, and is tried again: a solver could keep this oracle busy with slow steps.
  const most = served.seconds * STEPS_A_SECOND
  if (submission.model && (submission.model.fuel ?? PROGRAM_LIMITS.fuel) > most)
    return {
      code: 'too_much_fuel',
      message: `Models of this challenge may take more than ${most} steps, which can take longer than the ${served.seconds} s that this oracle has for one: WORKER_SECONDS.`,
    }
  return undefined
}
