/** An evaluator in the place of a metric: the engine reads and checks the files, and it gives the score. */

import { columnLength } from '../columns.ts'
import { GradeError } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import type { ReasonName } from '../reasons.ts'
import type { ColumnShape, ColumnType } from '../shape.ts'
import { EVALUATOR, EVALUATOR_VERSION, type EvaluatorParams, evaluatorParams } from './params.ts'
import { createEvaluator, type Evaluator } from './run.ts'
import { tableOf } from './table.ts'

/** The evaluator ended without a score of this submission, in the same way on every machine. */
export class EvaluatorStopped extends Error {
  readonly reason: ReasonName

  constructor(reason: ReasonName) {
    super(reason)
    this.reason = reason
  }
}

const ALL: readonly ColumnType[] = ['label', 'number', 'integer', 'text', 'list', 'numbers', 'rle']

/** Without the module it checks files, and grades nothing. Throws `params_invalid`, and `evaluator_invalid` for a module that is none. */
export function evaluatorMetric(
  params: Readonly<Record<string, unknown>>,
  columns: readonly ColumnShape[],
  module: Uint8Array | undefined,
): Metric {
  const known = evaluatorParams(params)
  const evaluator = module && createEvaluator(module, known)
  const own = columns.map(({ name, type }) => ({ name, type }))
  const one = own.length === 1 && known.truthColumns.length === 0
  return {
    id: EVALUATOR,
    version: EVALUATOR_VERSION,
    title: 'Evaluator',
    words: 'What the maker’s own program makes of truth and submission.',
    family: 'evaluators',
    direction: known.direction,
    range: [null, null],
    best: known.direction === 'maximize' ? Infinity : -Infinity,
    formula: 'the result of the function score of the module',
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
      return (predictions) => scoreOf(evaluator, table, tableIn(predictions, known))
    },
  }
}

const tableIn = (columns: Parameters<typeof tableOf>[0], { memoryMib }: EvaluatorParams): Uint8Array | undefined =>
  tableOf(columns, columnLength(columns[0]!), memoryMib * 1024 * 1024)

function scoreOf(evaluator: Evaluator, truth: Uint8Array, submission: Uint8Array | undefined): number {
  if (!submission) throw new EvaluatorStopped('evaluator_no_room')
  const ran = evaluator.run(truth, submission)
  if ('fault' in ran) throw new EvaluatorStopped(ran.fault)
  return ran.score
}
