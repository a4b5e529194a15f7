/** Whether metric, parameters and shapes fit together, so that a challenge cannot be created that cannot be graded. */

import { GradeError } from './errors.ts'
import { getMetric } from './metrics/index.ts'
import type { Metric, MetricParams } from './metrics/metric.ts'
import { checkParams } from './metrics/params.ts'
import {
  type CellType,
  type ColumnShape,
  type ColumnType,
  isCell,
  LIMITS,
  type SubmissionShape,
  type TruthShape,
} from './shape.ts'

/** Throws `GradeError` with `metric_unknown`, `params_invalid` or `shape_invalid`; returns the metric. */
export function checkTask(
  named: string | Metric,
  params: MetricParams,
  shape: SubmissionShape,
  truth?: TruthShape,
): Metric {
  const metric = typeof named === 'string' ? getMetric(named) : named
  const { id } = metric
  checkParams(metric, params)
  checkShape(shape)
  const least = metric.minColumns ?? 1
  if (shape.columns.length > metric.maxColumns || shape.columns.length < least) {
    const count = metric.maxColumns === least ? least : `${least} to ${metric.maxColumns}`
    const message = `${id} reads ${count} column${count === 1 ? '' : 's'}, the shape has ${shape.columns.length}.`
    throw new GradeError('shape_invalid', message)
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
  checkTruthShape(metric, params, shape, truth)
  return metric
}

function checkTruthShape(metric: Metric, params: MetricParams, shape: SubmissionShape, truth: TruthShape): void {
  const { id } = metric
  const fail = (message: string): never => {
    throw new GradeError('shape_invalid', message)
  }
  const { weightColumn, groupColumn, usageColumn } = truth
  const values = truthColumns(truth)
  const others = [usageColumn, weightColumn, groupColumn].filter((name) => name !== undefined)
  const names = [truth.idColumn, ...values.map(({ name }) => name), ...others]
  if (new Set(names).size < names.length) fail('Columns of the truth have the same name.')
  const wanted = wantedOfTruth(metric, shape)
  if (values.length !== wanted.length)
    fail(`${id} needs a truth with ${wanted.length} value columns, not ${values.length}.`)
  for (const { type } of values) {
    const types = Array.isArray(metric.truthColumns) ? wanted.map((column) => column.type) : metric.truthTypes
    if (!types.includes(type)) fail(`${id} needs a truth of type ${types.join(' or ')}, not ${type}.`)
  }
  if (metric.columnTypes.includes('label') && truth.type !== shape.columns[0]!.type)
    fail(`${id} compares classes: truth and submission must be of the same type.`)
  if (weightColumn !== undefined && !metric.weights)
    fail(`${id} has no weights of rows: remove the column ${weightColumn}.`)
  const needsGroups = metric.groups === 'own' || (params.group_average ?? 'none') !== 'none'
  if (needsGroups && groupColumn === undefined) fail(`${id} with these parameters needs a column group in the truth.`)
  if (!needsGroups && groupColumn !== undefined)
    fail(`The truth has a column ${groupColumn}: say with group_average how its groups are scored, or remove it.`)
}

/** All value columns of a truth. */
export const truthColumns = ({ valueColumn, type, moreColumns = [] }: TruthShape): ColumnShape[] => [
  { name: valueColumn, type },
  ...moreColumns,
]

/** The value columns that a metric wants; the name of a single one is free. */
export function wantedOfTruth(metric: Metric, shape: SubmissionShape): readonly { name: string; type: ColumnType }[] {
  const type = metric.columnTypes.includes('label') ? shape.columns[0]!.type : metric.truthTypes[0]!
  if (metric.truthColumns === 'one') return [{ name: '', type }]
  if (metric.truthColumns === 'each') return shape.columns.map(({ name }) => ({ name, type }))
  return metric.truthColumns
}

/** Columns of a truth that are no values, where they stand behind the id and a first value. */
export const RESERVED: readonly string[] = ['usage', 'weight', 'group']

/** A metric of probabilities reads a column of numbers as such; `checkTask` refuses what a metric cannot read at all. */
export function columnType(type: 'number' | 'integer' | 'string' | CellType, metric: Metric): ColumnType {
  const reads = (wanted: ColumnType): boolean => metric.columnTypes.includes(wanted)
  if (type === 'string') return 'label'
  if (isCell(type)) return type
  if (reads(type)) return type
  return reads('probability') ? 'probability' : type
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
  for (const { name, type, labels, min, max, maxItems } of shape.columns) {
    const text = type === 'label' || (isCell(type) && type !== 'numbers')
    if (text ? min !== undefined || max !== undefined : labels !== undefined) {
      fail(`${name}: labels are for type label or list, min and max for numbers.`)
    }
    if (labels && type !== 'label' && type !== 'list') fail(`${name}: labels are for type label or list.`)
    if (maxItems !== undefined && type !== 'list' && type !== 'numbers') fail(`${name}: maxItems is for lists.`)
    if (maxItems !== undefined && !(Number.isSafeInteger(maxItems) && maxItems >= 1))
      fail(`${name}: maxItems is at least 1.`)
    if (labels && (labels.length === 0 || new Set(labels).size < labels.length || labels.includes(''))) {
      fail(`${name}: labels must be distinct texts.`)
    }
    if (type === 'list' && labels?.some((label) => /\s/.test(label))) fail(`${name}: items of a list have no spaces.`)
    if (min !== undefined && max !== undefined && min > max) fail(`${name}: min is above max.`)
  }
}
