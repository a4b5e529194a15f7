/** From what a manifest says to what the engine takes: the one translation that oracle, browser, command line and verification share. */

import { headerNames } from './csv/header.ts'
import { GradeError } from './errors.ts'
import { getMetric } from './metrics/index.ts'
import type { Metric, MetricId, MetricParams } from './metrics/metric.ts'
import type { ColumnShape, ColumnType, SubmissionShape, TruthShape } from './shape.ts'
import { checkTask } from './task.ts'

/** The parts of a manifest that decide how it is graded; a whole manifest fits. */
export interface TaskSource {
  submission: {
    idColumn: string
    columns: readonly {
      name: string
      type: 'number' | 'integer' | 'string'
      labels?: readonly string[] | undefined
      min?: number | undefined
      max?: number | undefined
    }[]
    rows: number
    maxBytes: number
  }
  metric: { id: string; params: Readonly<Record<string, unknown>>; version: number }
}

export interface Task {
  readonly metric: MetricId
  readonly params: MetricParams
  readonly shape: SubmissionShape
  /** The shape of a truth file of this task, whose header names are free. Throws `shape_invalid`. */
  truthShape(truth: Uint8Array): TruthShape
}

/**
 * Throws `GradeError` where no oracle of this version could grade it: `metric_unknown` (a metric of another version, too),
 * `params_invalid`, `shape_invalid`.
 */
export function taskOf({ submission, metric }: TaskSource): Task {
  const known = getMetric(metric.id)
  if (known.version !== metric.version) {
    const message = `The manifest asks for version ${metric.version} of ${metric.id}, this engine has version ${known.version}.`
    throw new GradeError('metric_unknown', message)
  }
  const shape: SubmissionShape = {
    idColumn: submission.idColumn,
    columns: submission.columns.map((column) => columnShape(column, known)),
    rows: submission.rows,
    maxBytes: submission.maxBytes,
  }
  const params = metric.params as MetricParams
  checkTask(metric.id, params, shape)
  return {
    metric: known.id,
    params,
    shape,
    truthShape(truth) {
      const truthShape = shapeOfTruth(truth, truthType(known, shape))
      checkTask(metric.id, params, shape, truthShape)
      return truthShape
    },
  }
}

function columnShape(column: TaskSource['submission']['columns'][number], metric: Metric): ColumnShape {
  const { name, labels, min, max } = column
  return {
    name,
    type: columnType(column.type, metric),
    ...(labels && { labels }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** A metric of probabilities reads a column of numbers as such; `checkTask` refuses what a metric cannot read at all. */
function columnType(type: 'number' | 'integer' | 'string', metric: Metric): ColumnType {
  const reads = (wanted: ColumnType): boolean => metric.columnTypes.includes(wanted)
  if (type === 'string') return 'label'
  if (reads(type)) return type
  return reads('probability') ? 'probability' : type
}

/** A metric that compares classes needs both sides alike; the others read a truth of their first type. */
function truthType(metric: Metric, shape: SubmissionShape): ColumnType {
  return metric.columnTypes.includes('label') ? shape.columns[0]!.type : metric.truthTypes[0]!
}

function shapeOfTruth(truth: Uint8Array, type: ColumnType): TruthShape {
  const [idColumn, valueColumn, usageColumn, ...rest] = headerNames(truth)
  if (idColumn === undefined || valueColumn === undefined) {
    throw new GradeError('shape_invalid', 'A truth file has a header with an id column and a value column.')
  }
  if (rest.length > 0 || (usageColumn !== undefined && usageColumn !== 'usage')) {
    throw new GradeError('shape_invalid', 'A truth file has two columns, and at most a third one named usage.')
  }
  return { idColumn, valueColumn, type, ...(usageColumn !== undefined && { usageColumn }) }
}
