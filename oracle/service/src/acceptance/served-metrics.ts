/** What this oracle serves: all metrics of its engine, and where its operator says so the programs of others: makers' evaluators, solvers' models. */
import { EVALUATOR, METRICS, type TaskSource } from '@stellartrain/oracle-grade'
import type { Refusal } from './refusal.ts'

export type Programs = Readonly<{ evaluators: boolean; models: boolean }>

/** The word for models beside the metrics. */
const MODEL = 'model'

/** As they stand in what the oracle says about itself. */
export const servedMetrics = ({ evaluators, models }: Programs): string[] => [
  ...METRICS.map(({ id }) => id),
  ...(evaluators ? [EVALUATOR] : []),
  ...(models ? [MODEL] : []),
]

/** Undefined where no program is asked for that its operator does not run; a metric that it does not know the engine itself refuses. */
export function refusePrograms({ metric, submission }: TaskSource, served: Programs): Refusal | undefined {
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
  return undefined
}
