/** The metrics that this oracle serves: all of its engine's, and evaluators that makers bring where its operator says so. */
import { EVALUATOR, METRICS } from '@stellartrain/oracle-grade'
import type { Refusal } from './refusal.ts'

/** As they stand in what the oracle says about itself. */
export const servedMetrics = (evaluators: boolean): string[] => [
  ...METRICS.map(({ id }) => id),
  ...(evaluators ? [EVALUATOR] : []),
]

/** Undefined for a metric that is served, or that the engine itself refuses because it does not know it. */
export function refuseEvaluator(metric: string, evaluators: boolean): Refusal | undefined {
  if (metric !== EVALUATOR || evaluators) return undefined
  return {
    code: 'evaluator_not_served',
    message:
      'This challenge is scored by an evaluator of its maker. The operator of this oracle runs none: ORACLE_EVALUATORS=yes.',
  }
}
