/** How many steps of others' programs an oracle has time for: one rule for evaluators, models, and models that are compared with each other. */
import {
  EVALUATOR,
  evaluatorLanguage,
  evaluatorSteps,
  PROGRAM_LIMITS,
  type TaskSource,
} from '@stellartrain/oracle-grade'

/**
 * Steps for which a second of a grading process is enough, whatever they are: a product of the smallest numbers, or a load that no cache
 * has, took 100 ns where it was measured. Most steps take a hundredth of it.
 */
const STEPS_A_SECOND = 10_000_000

/**
 * Steps of Python for one such step. Which instructions its interpreter is made of no one chooses: the slowest work that was found for it,
 * reading a million numbers in no order of theirs, took half a nanosecond a step, and most work a tenth of that.
 */
const PYTHON_STEPS = 10

/** @param seconds the time limit of one grading */
export const stepsIn = (seconds: number): number => seconds * STEPS_A_SECOND

/** The most steps that grading one file takes. A model is run once over all rows; in a ranking an evaluator scores public and private rows. */
export function stepsOf({ metric, submission }: TaskSource, ranked: boolean): number {
  const model = submission.model ? (submission.model.fuel ?? PROGRAM_LIMITS.fuel) : 0
  const evaluator = metric.id === EVALUATOR ? stepsOfEvaluator(metric.params) : 0
  return model + evaluator * (ranked ? 2 : 1)
}

const stepsOfEvaluator = (params: TaskSource['metric']['params']): number =>
  evaluatorLanguage(params) === 'python' ? Math.ceil(evaluatorSteps(params) / PYTHON_STEPS) : evaluatorSteps(params)
