/** What the true values are, and which metrics and columns of a submission fit them. */
import type { MetricId, TaskSource } from '@stellartrain/oracle-grade'
import { splitCsv } from '../preview.ts'

export type Target = { idColumn: string; column: string; rows: number; numeric: boolean; labels: string[] | null }

/** More different values than this are no classes. */
const MAX_LABELS = 50
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Reads the truth file's two columns. */
export function targetOf(truth: string): Target {
  const [header = [], ...rows] = splitCsv(truth)
  const values = rows.map((row) => row[1] ?? '')
  const distinct = [...new Set(values)].sort()
  const numeric = values.every((value) => PLAIN_NUMBER.test(value))
  const whole = numeric && values.every((value) => Number.isInteger(Number(value)))
  return {
    idColumn: header[0] ?? '',
    column: header[1] ?? '',
    rows: rows.length,
    numeric,
    labels: distinct.length <= MAX_LABELS && (!numeric || whole) ? distinct : null,
  }
}

export function metricsFor(target: Target): MetricId[] {
  const labels = target.labels?.length ?? 0
  const classes: MetricId[] = labels < 2 ? [] : ['accuracy', 'f1_macro', 'f1_micro', 'f1_weighted']
  const binary: MetricId[] = labels === 2 ? ['f1_binary', 'roc_auc'] : []
  const probabilities: MetricId[] = labels >= 2 ? ['log_loss'] : []
  const numbers: MetricId[] = target.numeric ? ['rmse', 'mae', 'r2'] : []
  return [...classes, ...binary, ...probabilities, ...numbers]
}

/** What a submission looks like for a metric on this target, and the metric's parameters. */
export function taskSource(target: Target, metric: MetricId, version: number, posLabel: string): TaskSource {
  const { column, labels } = target
  const binary = metric === 'f1_binary' || metric === 'roc_auc' || (metric === 'log_loss' && labels?.length === 2)
  const positive = posLabel || labels?.at(-1)
  return {
    submission: {
      idColumn: target.idColumn,
      columns: columnsOf(metric, column, labels),
      rows: target.rows,
      maxBytes: Math.min(52_428_800, Math.max(1_048_576, target.rows * 256)),
    },
    metric: { id: metric, params: binary && positive ? { posLabel: positive } : {}, version },
  }
}

function columnsOf(metric: MetricId, name: string, labels: string[] | null): TaskSource['submission']['columns'] {
  switch (metric) {
    case 'roc_auc':
    case 'rmse':
    case 'mae':
    case 'r2':
      return [{ name, type: 'number' }]
    case 'log_loss':
      return labels && labels.length > 2
        ? labels.map((label) => ({ name: label, type: 'number' as const, min: 0, max: 1 }))
        : [{ name, type: 'number', min: 0, max: 1 }]
    default:
      return [{ name, type: 'string', ...(labels ? { labels } : {}) }]
  }
}
