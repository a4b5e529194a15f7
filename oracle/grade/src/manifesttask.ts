/** From what a manifest says to what the engine takes: the one translation that oracle, browser, command line and verification share. */

import { headerNames } from './csv/header.ts'
import { GradeError } from './errors.ts'
import { type Format, isModelFormat, MODEL_FORMATS } from './formats/names.ts'
import { getMetric } from './metrics/index.ts'
import type { Metric, MetricId, MetricParams } from './metrics/metric.ts'
import type { OnnxRuntime } from './onnx/runtime.ts'
import { PROGRAM_LIMITS } from './program/limits.ts'
import { type EvaluatorFile, evaluatorMetric } from './program/metric.ts'
import { EVALUATOR } from './program/params.ts'
import type { CellType, ColumnShape, LongShape, ModelShape, SubmissionShape, TruthShape } from './shape.ts'
import { checkTask, columnType, RESERVED, wantedOfTruth } from './task.ts'

/** The parts of a manifest that decide how it is graded; a whole manifest fits. */
export interface TaskSource {
  submission: {
    idColumn: string
    columns: readonly {
      name: string
      type: 'number' | 'integer' | 'string' | CellType
      labels?: readonly string[] | undefined
      min?: number | undefined
      max?: number | undefined
      maxItems?: number | undefined
    }[]
    rows: number
    maxBytes: number
    formats?: readonly Format[] | undefined
    /** Where files have several rows an id: the fields of a row. */
    long?: { fields: readonly { name: string; type: 'number' | 'string' }[] } | undefined
    /** Where models are submitted: the columns that they get, and what they may use. */
    model?:
      | {
          inputs: readonly { name: string; type: 'number' | 'integer' | 'string' | CellType }[]
          fuel?: number | undefined
          memoryMib?: number | undefined
        }
      | undefined
  }
  metric: { id: string; params: Readonly<Record<string, unknown>>; version: number }
}

export interface Task {
  readonly metric: MetricId
  /** What the maker brings in the place of a metric. */
  readonly evaluator: Metric | undefined
  readonly params: MetricParams
  readonly shape: SubmissionShape
  /** The shape of a truth file of this task, whose header names are free. Throws `shape_invalid`. */
  truthShape(truth: Uint8Array): TruthShape
}

/** The metric that a task is scored by. */
export const metricOf = ({ metric, evaluator }: Task): Metric => evaluator ?? getMetric(metric)

/**
 * `file`: the evaluator, where the metric is one; without them files can be checked, but not graded. `onnx`: what runs
 * ONNX models, where they are submitted, by `loadOnnx`; without it they can be looked at, but not run.
 * Throws `GradeError` where no oracle of this version could grade it: `metric_unknown` (a metric of another version, too),
 * `params_invalid`, `shape_invalid`, `evaluator_invalid`.
 */
export function taskOf({ submission, metric }: TaskSource, file?: EvaluatorFile, onnx?: OnnxRuntime): Task {
  const evaluated = metric.id === EVALUATOR
  const known = evaluated
    ? evaluatorMetric(metric.params, { ...submission, columns: submission.columns.map(plainShape) }, file)
    : getMetric(metric.id)
  if (known.version !== metric.version) {
    const message = `The manifest asks for version ${metric.version} of ${metric.id}, this engine has version ${known.version}.`
    throw new GradeError('metric_unknown', message)
  }
  const programs = submission.formats?.filter(isModelFormat) ?? []
  if (programs[0] && !submission.model)
    throw new GradeError('shape_invalid', `The format ${programs[0]} needs model: the columns that models get.`)
  const shape: SubmissionShape = {
    idColumn: submission.idColumn,
    columns: submission.columns.map((column) => columnShape(column, known)),
    rows: submission.rows,
    maxBytes: submission.maxBytes,
    ...(submission.formats && { formats: submission.formats }),
    ...(known.independent && { independent: true }),
    ...(submission.long && { long: longShape(submission.long, submission) }),
    ...(submission.model && { model: modelShape(submission.model, submission, onnx) }),
  }
  // An evaluator has its parameters already.
  const params = evaluated ? {} : (metric.params as MetricParams)
  checkTask(known, params, shape)
  return {
    metric: known.id,
    evaluator: evaluated ? known : undefined,
    params,
    shape,
    truthShape(truth) {
      const truthShape = shapeOfTruth(truth, known, shape)
      checkTask(known, params, shape, truthShape)
      return truthShape
    },
  }
}

/** Throws `shape_invalid`. */
function longShape(long: LongShape, { idColumn, columns, formats, model }: Source): LongShape {
  const fail = (message: string): never => {
    throw new GradeError('shape_invalid', message)
  }
  const [column, ...more] = columns
  if (!column || more.length > 0 || (column.type !== 'list' && column.type !== 'numbers'))
    fail(
      'Where files have several rows an id, a submission has one column of type list or numbers, which holds its records.',
    )
  if (model || formats?.some(isModelFormat))
    fail('Where files have several rows an id, they are no models: leave out model.')
  const names = long.fields.map(({ name }) => name)
  if (names.length === 0 || new Set(names).size < names.length || names.includes(idColumn))
    fail('The fields of a row have names of their own.')
  return long
}

/** Throws `shape_invalid`. */
function modelShape(
  { inputs, fuel = PROGRAM_LIMITS.fuel, memoryMib = PROGRAM_LIMITS.memoryMib }: NonNullable<Source['model']>,
  { idColumn, columns, formats = [] }: Source,
  onnx: OnnxRuntime | undefined,
): ModelShape {
  const fail = (message: string): never => {
    throw new GradeError('shape_invalid', message)
  }
  const names = inputs.map(({ name }) => name)
  const taken = [idColumn, ...columns.map(({ name }) => name), ...RESERVED]
  if (inputs.length === 0) fail('A model needs at least one column of inputs.')
  if (new Set(names).size < names.length) fail('Two inputs of models have the same name.')
  const twice = names.find((name) => taken.includes(name))
  if (twice !== undefined) fail(`${twice} is an input of models and something else in the truth: give it another name.`)
  if (formats.length === 0 || !formats.every(isModelFormat) || new Set(formats).size < formats.length)
    fail(
      `Where models are submitted, formats is of ${MODEL_FORMATS.map((name) => `"${name}"`).join(' and ')}, or one of them.`,
    )
  const { maxFuel, maxMemoryMib } = PROGRAM_LIMITS
  if (!(Number.isSafeInteger(fuel) && fuel >= 1 && fuel <= maxFuel)) fail(`fuel is from 1 to ${maxFuel}.`)
  if (!(Number.isSafeInteger(memoryMib) && memoryMib >= 1 && memoryMib <= maxMemoryMib))
    fail(`memoryMib is from 1 to ${maxMemoryMib}.`)
  return { inputs: inputs.map(plainShape), fuel, memoryMib, ...(onnx && { onnx }) }
}

type Source = TaskSource['submission']
type SourceColumn = TaskSource['submission']['columns'][number]

const plainShape = ({ name, type }: Pick<SourceColumn, 'name' | 'type'>): ColumnShape => ({
  name,
  type: type === 'string' ? 'label' : type,
})

function columnShape(column: TaskSource['submission']['columns'][number], metric: Metric): ColumnShape {
  const { name, labels, min, max, maxItems } = column
  return {
    name,
    type: columnType(column.type, metric),
    ...(labels && { labels }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(maxItems !== undefined && { maxItems }),
  }
}

/** The id is the first column; the metric's value columns, by name where there are several, and at most one each of `usage`, `weight` and `group` follow. */
function shapeOfTruth(truth: Uint8Array, metric: Metric, shape: SubmissionShape): TruthShape {
  const [idColumn, ...all] = headerNames(truth)
  const { inputs = [] } = shape.model ?? {}
  const missing = inputs.find(({ name }) => !all.includes(name))
  if (missing) throw new GradeError('shape_invalid', `The truth lacks the column ${missing.name}, which models get.`)
  const names = all.filter((name) => !inputs.some((input) => input.name === name))
  if (idColumn === undefined || names.length === 0) {
    throw new GradeError('shape_invalid', 'A truth file has a header with an id column and a value column.')
  }
  const wanted = wantedOfTruth(metric, shape)
  const asked = new Set(wanted.map(({ name }) => name))
  const isValue = (name: string, i: number): boolean => (wanted.length === 1 ? i === 0 : asked.has(name))
  const values = names.filter(isValue)
  const rest = names.filter((name, i) => !isValue(name, i))
  if (rest.some((name) => !RESERVED.includes(name)) || values.length !== wanted.length) {
    const columns = wanted.length === 1 ? 'one value column' : `the columns ${[...asked].join(', ')}`
    throw new GradeError(
      'shape_invalid',
      `A truth file for ${metric.id} has an id column, ${columns}, and at most the columns ${RESERVED.join(', ')}.`,
    )
  }
  const [first, ...more] = wanted.length === 1 ? [{ ...wanted[0]!, name: values[0]! }] : wanted
  return {
    idColumn,
    valueColumn: first!.name,
    type: first!.type,
    ...(more.length > 0 && { moreColumns: more }),
    ...(inputs.length > 0 && { inputs }),
    ...(rest.includes('usage') && { usageColumn: 'usage' }),
    ...(rest.includes('weight') && { weightColumn: 'weight' }),
    ...(rest.includes('group') && { groupColumn: 'group' }),
  }
}
