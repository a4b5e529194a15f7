/** Splitting and trying out a challenge with the oracle's engine, off the page's thread. */
import { type Recountable, recountRules } from '@stellartrain/contracts-client/recount-rules'
import {
  type GradeResult,
  getMetric,
  grade,
  metricOf,
  prepareTruth,
  type TaskSource,
  taskOf,
  trial,
} from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'
import { truthForm } from '@stellartrain/sdk/forms'
import { runTrial, type TrialInput, type TrialScores } from '@stellartrain/sdk/trial'
import { runnable } from '../workers/python.ts'
import { EVALUATOR, evaluatorSource, type Language } from './evaluator.ts'
import { evaluatorFuel, inputsOf, type ModelTerms, NO_INPUTS, takingModels } from './models.ts'
import { sampleSubmission } from './sample.ts'
import { type SplitOptions, splitLabeled } from './split.ts'
import { type Target, targetOf, taskSource, whyUnfit } from './target.ts'
import { unmatchedIds } from './unmatched.ts'

export type Prepared = {
  train: string | null
  /** What solvers predict; null where models get it from the oracles. */
  test: string | null
  truth: string
  target: Target
  problem: string | null
}
export type Trials = {
  direction: 'maximize' | 'minimize'
  perfect: number
  constant: number
  baseline: number | null
  /** Why the baseline file would be rejected. */
  baselineProblem: string | null
  /** The example of a submission that solvers get; only of an evaluator, where nothing else says how it takes one. */
  sample: number | null
  source: TaskSource
  /** How the ledger would score such work again, or why it cannot. */
  recount: Recountable
}
export type EngineRequest =
  | { kind: 'split'; text: string; options: SplitOptions }
  | { kind: 'files'; train: string | null; test: string | null; truth: string }
  | {
      kind: 'trial'
      truth: string
      target: Target
      metric: string
      posLabel: string
      /** Predictions, or a model where these are submitted. */
      baseline: Uint8Array<ArrayBuffer> | null
      /** Where one of the maker's scores. */
      evaluator: { module: Uint8Array; language: Language; direction: 'maximize' | 'minimize' } | null
      models: ModelTerms | null
      /** In a ranking an evaluator scores each file twice. */
      ranked: boolean
    }
  /** The last trial before a challenge is signed for. */
  | { kind: 'plan'; input: TrialInput }
export type EngineAnswer = { value: Prepared | Trials | TrialScores } | { failure: string; code: string }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<EngineRequest>) => void
  postMessage: (answer: EngineAnswer) => void
}
const SALT = new Uint8Array(32)
const encode = (text: string) => new TextEncoder().encode(text)

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ value: await answer(data) })
  } catch (error) {
    const { code = 'failed', message } = error as { code?: string; message: string }
    scope.postMessage({ failure: message, code })
  }
}

async function answer(request: EngineRequest): Promise<Prepared | Trials | TrialScores> {
  switch (request.kind) {
    case 'split': {
      const { train, test, truth } = splitLabeled(request.text, request.options)
      const target = targetOf(truth)
      if (request.options.sealed)
        return { train, test: null, truth, target, problem: whyUnfit(target) ?? noInputs(truth) }
      return { train, test, truth, target, problem: whyUnfit(target) }
    }
    case 'files': {
      const { train, test, truth } = request
      const target = targetOf(truth)
      const unmatched = test === null ? noInputs(truth) : unmatchedIds(test, truth)
      return { train, test, truth, target, problem: unmatched ?? whyUnfit(target) }
    }
    case 'trial':
      return tryOut(request)
    case 'plan':
      return runTrial(request.input)
  }
}

async function tryOut(request: Extract<EngineRequest, { kind: 'trial' }>): Promise<Trials> {
  const { truth, baseline, evaluator } = request
  const source = sourceOf(request)
  const task = taskOf(source, await runnable(source, evaluator?.module), await onnxFor(source))
  const truthCsv = encode(truth)
  const { perfect, constant } = trial(task, truthCsv, SALT)
  const graded = baseline === null ? null : gradeFile(task, truthCsv, baseline)
  return {
    direction: metricOf(task).direction,
    perfect: scoreOf(perfect),
    constant: scoreOf(constant),
    baseline: graded?.status === 'graded' ? graded.score : null,
    baselineProblem: graded?.status === 'rejected' ? graded.message : null,
    sample:
      evaluator && !request.models ? scoreOf(gradeFile(task, truthCsv, encode(sampleSubmission(truth, source)))) : null,
    source,
    recount: recountRules(source, await recountForm(source, truthCsv)),
  }
}

/** The classes of a metric that scores one of two are in the truth alone; all others are in the columns. */
const recountForm = (source: Trials['source'], truth: Uint8Array) =>
  source.metric.id === 'roc_auc' ? truthForm(source, truth) : undefined

const noInputs = (truth: string): string | null => (inputsOf(truth).length === 0 ? NO_INPUTS : null)

function sourceOf(request: Extract<EngineRequest, { kind: 'trial' }>): TaskSource {
  const { models, truth } = request
  if (!models) return predictionsOf(request)
  // What stands behind the value is what models get, and an evaluator does not.
  const target = { ...request.target, more: [] }
  return takingModels(predictionsOf({ ...request, target }), inputsOf(truth), models)
}

function predictionsOf({
  target,
  metric: id,
  posLabel,
  evaluator,
  models,
  ranked,
}: Extract<EngineRequest, { kind: 'trial' }>): TaskSource {
  if (id === EVALUATOR) {
    const { direction, language } = evaluator ?? { direction: 'maximize' as const, language: 'wasm' as const }
    return evaluatorSource(target, { direction, language, fuel: evaluatorFuel(models?.fuel ?? 0, ranked, language) })
  }
  const metric = getMetric(id)
  return taskSource(target, metric.id, metric.version, posLabel)
}

function gradeFile(task: ReturnType<typeof taskOf>, truthCsv: Uint8Array, submission: Uint8Array): GradeResult {
  const truth = prepareTruth(truthCsv, task.truthShape(truthCsv))
  const { metric, evaluator, params, shape } = task
  return grade({ metric, evaluator, params, truth, submission, shape, salt: SALT })
}

function scoreOf(result: GradeResult): number {
  if (result.status === 'graded') return result.score
  throw Object.assign(new Error(result.message), { code: result.reason })
}
