/** What the true values are, whether anything can be predicted of them, and which metrics and columns of a submission fit. */
import type { MetricId, TaskSource } from '@stellartrain/oracle-grade'
import { splitCsv } from '../content/preview.ts'

export type Target = {
  idColumn: string
  column: string
  rows: number
  numeric: boolean
  /** The classes; null where there are too many to be any. */
  labels: string[] | null
  /** How many different values there are, and one of them. */
  distinct: number
  example: string
  /** Where most values are numbers: the first that is none, with its row in the truth. */
  odd: { row: number; value: string } | null
  /** Columns behind the one to predict: an evaluator reads them, and metrics refuse those that they do not know. */
  more: { name: string; type: 'number' | 'string' }[]
}

/** More different values than this are no classes. */
const MAX_LABELS = 50
export const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Reads the truth file: the id, the value to predict, and what else it has. */
export function targetOf(truth: string): Target {
  const [header = [], ...rows] = splitCsv(truth)
  const values = rows.map((row) => row[1] ?? '')
  const distinct = [...new Set(values)].sort()
  const texts = values.filter((value) => !PLAIN_NUMBER.test(value))
  const numeric = texts.length === 0
  const whole = numeric && values.every((value) => Number.isInteger(Number(value)))
  const odd = texts.length > 0 && texts.length * 2 < values.length ? values.indexOf(texts[0]!) : -1
  return {
    idColumn: header[0] ?? '',
    column: header[1] ?? '',
    rows: rows.length,
    numeric,
    labels: distinct.length <= MAX_LABELS && (!numeric || whole) ? distinct : null,
    distinct: distinct.length,
    example: distinct[0] ?? '',
    odd: odd < 0 ? null : { row: odd + 2, value: values[odd]! },
    more: header.slice(2).map((name, at) => ({
      name,
      type: rows.every((row) => PLAIN_NUMBER.test(row[at + 2] ?? '')) ? 'number' : 'string',
    })),
  }
}

const quoted = (value: string): string => `“${value.length > 30 ? `${value.slice(0, 30)}…` : value}”`

/** Why nothing sensible can be predicted here; null where it can. */
export function whyUnfit(target: Target): string | null {
  const { column, distinct, example, numeric, labels, odd } = target
  if (target.rows === 0) return 'There are no rows to predict.'
  if (distinct === 1)
    return `Every row to predict has the same value in ${column}, ${quoted(example)}: there is nothing to predict.`
  if (numeric || labels) return null
  return odd
    ? `Most values of ${column} are numbers, but not all: ${quoted(odd.value)}, for example. Remove or fill in those rows.`
    : `${column} holds ${distinct} different texts, such as ${quoted(example)}. A metric needs numbers, or at most ${MAX_LABELS} classes. Choose another column.`
}

/** What is to be predicted, in a few words. */
export function targetWords({ labels, numeric, distinct }: Target): string {
  if (labels && labels.length <= 5) return `${labels.length} classes: ${labels.join(', ')}`
  if (labels && !numeric) return `${labels.length} classes`
  return labels ? `a number with ${distinct} values, or a class` : 'a number'
}

/** Metrics that read a class of each row. */
const CLASSES: MetricId[] = [
  ...(['accuracy', 'balanced_accuracy', 'zero_one_loss', 'f1_macro', 'f1_micro', 'f1_weighted'] as const),
  ...(['mcc', 'cohen_kappa'] as const),
]
/** Metrics of classes that are numbers, whose distances count. */
const GRADES: MetricId[] = ['quadratic_weighted_kappa']
/** Metrics of a score for the positive class of two. */
const POSITIVE_SCORES: MetricId[] = ['roc_auc', 'average_precision', 'normalized_gini']
/** Metrics of probabilities, in one column for two classes and a column for each of more. */
const PROBABILITIES: MetricId[] = ['log_loss', 'brier_score', 'd2_log_loss', 'd2_brier']
/** Metrics of numbers. */
export const NUMBERS: MetricId[] = [
  ...(['rmse', 'mse', 'mae', 'median_ae', 'max_error', 'rmsle', 'msle', 'mape', 'smape', 'wape', 'rmspe'] as const),
  ...(['r2', 'explained_variance', 'd2_absolute_error', 'poisson_deviance', 'gamma_deviance'] as const),
]

/** Whether a metric asks which of two classes is the positive one. */
export const asksPositive = (metric: string, labels: readonly string[] | null | undefined): boolean =>
  labels?.length === 2 && [...POSITIVE_SCORES, ...PROBABILITIES, 'f1_binary'].includes(metric)

export function metricsFor(target: Target): MetricId[] {
  if (whyUnfit(target)) return []
  const labels = target.labels?.length ?? 0
  const classes: MetricId[] = labels < 2 ? [] : [...CLASSES, ...(target.numeric ? GRADES : [])]
  const binary: MetricId[] = labels === 2 ? ['f1_binary', ...POSITIVE_SCORES] : []
  const probabilities: MetricId[] = labels >= 2 ? PROBABILITIES : []
  const numbers: MetricId[] = target.numeric ? NUMBERS : []
  return [...classes, ...binary, ...probabilities, ...numbers]
}

/** What a submission looks like for a metric on this target, and the metric's parameters. */
export function taskSource(target: Target, metric: MetricId, version: number, posLabel: string): TaskSource {
  const { column, labels } = target
  const positive = asksPositive(metric, labels) ? posLabel || labels?.at(-1) : undefined
  // Distances between grades are counted in their order as numbers, and a grade that no one has counts, too.
  const grades = GRADES.includes(metric) ? labels?.toSorted((a, b) => Number(a) - Number(b)) : undefined
  return {
    submission: {
      idColumn: target.idColumn,
      columns: columnsOf(metric, column, labels),
      rows: target.rows,
      maxBytes: Math.min(52_428_800, Math.max(1_048_576, target.rows * 256)),
    },
    metric: {
      id: metric,
      params: { ...(positive && { posLabel: positive }), ...(grades && { labels: grades }) },
      version,
    },
  }
}

function columnsOf(metric: MetricId, name: string, labels: string[] | null): TaskSource['submission']['columns'] {
  if (NUMBERS.includes(metric) || POSITIVE_SCORES.includes(metric)) return [{ name, type: 'number' }]
  if (!PROBABILITIES.includes(metric)) return [{ name, type: 'string', ...(labels ? { labels } : {}) }]
  return labels && labels.length > 2
    ? labels.map((label) => ({ name: label, type: 'number' as const, min: 0, max: 1 }))
    : [{ name, type: 'number', min: 0, max: 1 }]
}
