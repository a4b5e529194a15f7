/** An evaluator in the place of a metric: the engine reads and checks the files, and it gives the score. */

import { GradeError, ScoreStopped } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import { createPythonEvaluator, type PythonSource } from '../python/evaluator.ts'
import type { ColumnType, SubmissionShape } from '../shape.ts'
import { columnLength } from '../table/columns.ts'
import { EVALUATOR, type EvaluatorParams, evaluatorParams, evaluatorVersion } from './params.ts'
import { createEvaluator, type Evaluator } from './run.ts'
import { tableOf } from './table.ts'

/** What a maker brings: the bytes of a module, or a source with the interpreter that runs it. */
export type EvaluatorFile = Uint8Array | PythonSource

const utf8 = new TextEncoder()

const ALL: readonly ColumnType[] = ['label', 'number', 'integer', 'text', 'list', 'numbers', 'rle']

/** Without the module it checks files, and grades nothing. Throws `params_invalid`, and `evaluator_invalid` for a module that is none. */
export function evaluatorMetric(
  params: Readonly<Record<string, unknown>>,
  { idColumn, columns }: Pick<SubmissionShape, 'idColumn' | 'columns'>,
  file: EvaluatorFile | undefined,
): Metric {
  const known = evaluatorParams(params)
  const evaluator = file && evaluatorOf(file, known, { idColumn, columns })
  const own = columns.map(({ name, type }) => ({ name, type }))
  const one = own.length === 1 && known.truthColumns.length === 0
  return {
    id: EVALUATOR,
    version: evaluatorVersion(params),
    title: 'Evaluator',
    words: 'What the maker’s own program makes of truth and submission.',
    family: 'evaluators',
    direction: known.direction,
    range: [null, null],
    best: known.direction === 'maximize' ? Infinity : -Infinity,
    formula: 'the result of its function score',
    source: known.module,
    truthTypes: ALL,
    truthColumns: one ? 'one' : [...own, ...known.truthColumns],
    columnTypes: ALL,
    maxColumns: 1000,
    weights: false,
    groups: 'none',
    params: {},
    prepare(truth) {
      if (!evaluator) throw new GradeError('evaluator_invalid', `The evaluator ${known.module} is not at hand.`)
      const table = tableIn(truth.columns, known)
      if (!table) throw new GradeError('evaluator_invalid', 'The truth is larger than the memory of the evaluator.')
      const ids = evaluator.wantsIds ? utf8.encode(JSON.stringify(truth.ids?.() ?? [])) : undefined
      return (predictions) => scoreOf(evaluator, [table, tableIn(predictions, known), ids])
    },
  }
}

const tableIn = (columns: Parameters<typeof tableOf>[0], { memoryMib }: EvaluatorParams): Uint8Array | undefined =>
  tableOf(columns, columnLength(columns[0]!), memoryMib * 1024 * 1024)

function evaluatorOf(
  file: EvaluatorFile,
  params: EvaluatorParams,
  shape: Pick<SubmissionShape, 'idColumn' | 'columns'>,
): Evaluator {
  if (params.language === 'wasm' && file instanceof Uint8Array) return createEvaluator(file, params)
  if (params.language === 'python' && !(file instanceof Uint8Array)) return createPythonEvaluator(file, params, shape)
  throw new GradeError('evaluator_invalid', `What runs an evaluator in ${params.language} is not at hand.`)
}

type Given = readonly [truth: Uint8Array, submission: Uint8Array | undefined, ids: Uint8Array | undefined]

function scoreOf(evaluator: Evaluator, [truth, submission, ids]: Given): number {
  if (!submission) throw new ScoreStopped('evaluator_no_room')
  const ran = evaluator.run(truth, submission, ids)
  if ('fault' in ran) throw new ScoreStopped(ran.fault, ran.detail)
  return ran.score
}
