/** From a metric and a truth to a scorer: defaults, and the groups of rows that are scored apart. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { ColumnShape } from '../shape.ts'
import { type Column, type LabelColumn, pickRows } from '../table/columns.ts'
import type { Metric, MetricParams, MetricTruth, Scorer } from './metric.ts'
import { withDefaults } from './params.ts'

/** Each group is prepared for itself; this bounds what that costs. */
const MAX_GROUPS = 10_000

/** The rows of a truth. */
export function pickTruth(truth: MetricTruth, rows: Int32Array): MetricTruth {
  const { columns, weights, groups } = truth
  return {
    columns: columns.map((column) => pickRows(column, rows)),
    weights: weights && pickWeights(weights, rows),
    groups: groups && (pickRows(groups, rows) as LabelColumn),
    ...(truth.ids && { ids: () => pickIds(truth.ids!(), rows) }),
  }
}

const pickIds = (ids: readonly string[], rows: Int32Array): string[] => Array.from(rows, (row) => ids[row]!)

function pickWeights(weights: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = weights[rows[i]!]!
  return picked
}

/** Throws what `Metric.prepare` throws; `checkTask` must have accepted the parameters. */
export function prepareScorer(
  metric: Metric,
  truth: MetricTruth,
  given: MetricParams,
  columns: readonly ColumnShape[],
): Scorer {
  const params = withDefaults(metric, given)
  const { weights } = truth
  if (weights && !weights.some((weight) => weight > 0))
    throw new GradeError('truth_degenerate', 'No row that is graded has a weight above 0.')
  const average = params.group_average
  if (metric.groups === 'own' || average === undefined || average === 'none')
    return metric.prepare(truth, params, columns)
  const groups = rowsOfGroups(truth)
  if (groups.length > MAX_GROUPS)
    throw new GradeError('truth_degenerate', `The truth has ${groups.length} groups; at most ${MAX_GROUPS} are scored.`)
  const parts = groups
    .map((rows) => ({ rows, weight: weights ? compensatedSum(rows.length, (i) => weights[rows[i]!]!) : rows.length }))
    // Rows of weight 0 do not count, nor does a group that has no others.
    .filter(({ weight }) => weight > 0)
    .map((part) => ({ ...part, score: metric.prepare(pickTruth(truth, part.rows), params, columns) }))
  const total = compensatedSum(parts.length, (i) => parts[i]!.weight)
  return (predictions) => {
    const scores = parts.map(({ rows, score }) => score(predictions.map((column): Column => pickRows(column, rows))))
    if (scores.some((score) => Number.isNaN(score))) return Number.NaN
    if (average === 'macro') return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    if (average === 'weighted') return compensatedSum(scores.length, (i) => parts[i]!.weight * scores[i]!) / total
    return scores.reduce((worst, score) => (score < worst === (metric.direction === 'maximize') ? score : worst))
  }
}

/** The rows of each group, in the order in which groups first appear among the sorted ids. */
export function rowsOfGroups({ groups }: MetricTruth): Int32Array[] {
  if (!groups)
    throw new GradeError('shape_invalid', 'The truth has no column group, by which its rows would be scored.')
  const { codes, labels } = groups
  const sizes = new Int32Array(labels.size)
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]!++
  const rows = new Map<number, Int32Array>()
  const filled = new Int32Array(labels.size)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    let own = rows.get(code)
    if (!own) {
      own = new Int32Array(sizes[code]!)
      rows.set(code, own)
    }
    own[filled[code]!++] = i
  }
  return [...rows.values()]
}
