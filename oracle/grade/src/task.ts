/** Whether metric, parameters and shapes fit together, so that a challenge cannot be created that cannot be graded. */

import { GradeError } from './errors.ts'
import { getMetric } from './metrics/index.ts'
import type { Metric, MetricParams } from './metrics/metric.ts'
import { LIMITS, type SubmissionShape, type TruthShape } from './shape.ts'

/** Throws `GradeError` with `metric_unknown`, `params_invalid` or `shape_invalid`; returns the metric. */
export function checkTask(id: string, params: MetricParams, shape: SubmissionShape, truth?: TruthShape): Metric {
  const metric = getMetric(id)
  checkParams(metric, params)
  checkShape(shape)
  if (shape.columns.length > metric.maxColumns) {
    throw new GradeError(
      'shape_invalid',
      `${id} reads ${metric.maxColumns} column, the shape has ${shape.columns.length}.`,
    )
  }
  for (const column of shape.columns) {
    if (!metric.columnTypes.includes(column.type)) {
      throw new GradeError(
        'shape_invalid',
        `${id} reads columns of type ${metric.columnTypes.join(' or ')}, ${column.name} is ${column.type}.`,
      )
    }
  }
  if (!truth) return metric
  const names = [truth.idColumn, truth.valueColumn, ...(truth.usageColumn === undefined ? [] : [truth.usageColumn])]
  if (new Set(names).size < names.length)
    throw new GradeError('shape_invalid', 'Columns of the truth have the same name.')
  if (!metric.truthTypes.includes(truth.type)) {
    throw new GradeError(
      'shape_invalid',
      `${id} needs a truth of type ${metric.truthTypes.join(' or ')}, not ${truth.type}.`,
    )
  }
  if (metric.columnTypes.includes('label') && truth.type !== shape.columns[0]!.type) {
    throw new GradeError(
      'shape_invalid',
      `${id} compares classes: truth and submission must both be label or both integer.`,
    )
  }
  return metric
}

/** Throws `shape_invalid` for a shape that no file can have or that is beyond the limits. */
export function checkShape(shape: SubmissionShape): void {
  const names = [shape.idColumn, ...shape.columns.map((column) => column.name)]
  const fail = (message: string): never => {
    throw new GradeError('shape_invalid', message)
  }
  if (shape.columns.length === 0) fail('A submission needs at least one column besides the id.')
  if (names.length > LIMITS.maxColumns) fail(`A submission can have at most ${LIMITS.maxColumns} columns.`)
  if (names.some((name) => name === '')) fail('A column has an empty name.')
  if (new Set(names).size < names.length) fail('Columns of the submission have the same name.')
  for (const { name, type, labels, min, max } of shape.columns) {
    if (type === 'label' ? min !== undefined || max !== undefined : labels !== undefined) {
      fail(`${name}: labels are for type label, min and max for numbers.`)
    }
    if (labels && (labels.length === 0 || new Set(labels).size < labels.length || labels.includes(''))) {
      fail(`${name}: labels must be distinct texts.`)
    }
    if (min !== undefined && max !== undefined && min > max) fail(`${name}: min is above max.`)
  }
}

function checkParams(metric: Metric, params: MetricParams): void {
  const fail = (message: string): never => {
    throw new GradeError('params_invalid', message)
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params)) fail('Parameters are a JSON object.')
  for (const key of Object.keys(params)) {
    if (!(metric.params as readonly string[]).includes(key)) {
      fail(`${metric.id} has no parameter ${key}; it has ${metric.params.join(' and ') || 'none'}.`)
    }
  }
  const isLabel = (value: unknown): boolean =>
    typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
  if (params.posLabel !== undefined && !isLabel(params.posLabel)) fail('posLabel is a text or a number.')
  if (params.labels !== undefined && !(Array.isArray(params.labels) && params.labels.every(isLabel))) {
    fail('labels is a list of texts or numbers.')
  }
}
