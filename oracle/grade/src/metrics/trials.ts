/** Predictions to try a metric with, made from the truth: perfect ones, and ones that know nothing. */

import type { ColumnShape } from '../shape.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column } from '../table/columns.ts'
import { positives } from './binary.ts'
import { truthClasses } from './classes.ts'
import { labeledOf } from './detections.ts'
import type { Metric, MetricParams, MetricTruth, TrialRows } from './metric.ts'

/** The truth's own values; their mean where numbers are asked for, else the most frequent one. */
export function valuesTrial(truth: MetricTruth, _params: MetricParams, shape: readonly ColumnShape[]): TrialRows {
  const columns = shape.map((_, i) => truth.columns[i] ?? truth.columns[0]!)
  const texts = columns.map(valuesOf)
  return {
    perfect: (rank) => texts.map((textOf) => textOf(rank)),
    constant: columns.map((column, i) => (shape[i]!.type === 'number' ? mean(column) : mostFrequent(column))),
  }
}

/** A score for each row: 1 for the positive ones, and one half for all. */
export function positiveTrial(truth: MetricTruth, params: MetricParams, shape: readonly ColumnShape[]): TrialRows {
  const rows = truth.columns.map((column) => positives(column, params, 'The metric'))
  return {
    perfect: (rank) => rows.map((positive) => positive[rank]!),
    constant: shape.map(({ type }) => (type === 'integer' ? 0 : 0.5)),
  }
}

/** A column for each class: 1 for the true one, and equal shares for all. */
export function classesTrial(truth: MetricTruth, params: MetricParams, shape: readonly ColumnShape[]): TrialRows {
  const labels = params.labels?.map(String) ?? shape.map((column) => column.name)
  const { texts, places } = truthClasses(truth.columns[0]!)
  return {
    perfect: (rank) => labels.map((label) => (label === texts[places[rank]!] ? 1 : 0)),
    constant: labels.map(() => 1 / labels.length),
  }
}

/** One column is a score of the positive class, several are classes. */
export const oneOrClassesTrial: NonNullable<Metric['trial']> = (truth, params, shape) =>
  (shape.length === 1 ? positiveTrial : classesTrial)(truth, params, shape)

/** The true boxes, each a class and `count` numbers, with a score of 1; and none. */
export const boxTrial =
  (count: number): NonNullable<Metric['trial']> =>
  (truth) => ({
    perfect: (rank) => {
      const boxes = labeledOf(truth.columns[0]!, rank, count) ?? []
      return [boxes.map(({ label, numbers }) => [label, 1, ...numbers].join(' ')).join(' ')]
    },
    constant: [''],
  })

/** The value of each row; each text is made once. */
function valuesOf(column: Column): (rank: number) => string | number {
  if (column.kind === 'number') return (rank) => column.values[rank]!
  const texts: string[] = []
  return (rank) => (texts[column.codes[rank]!] ??= valueText(column, rank) as string)
}

export function valueText(column: Column, rank: number): string | number {
  return column.kind === 'number' ? column.values[rank]! : entryText(column.labels, column.codes[rank]!)
}

function mean(column: Column): number {
  if (column.kind === 'label') return 0
  return column.values.reduce((sum, value) => sum + value / column.values.length, 0)
}

export function mostFrequent(column: Column): string {
  const { texts, places } = truthClasses(column)
  const counts = new Int32Array(texts.length)
  for (const place of places) counts[place]!++
  // A loop: there may be more classes than a call may have arguments.
  let most = 0
  for (let i = 1; i < counts.length; i++) if (counts[i]! > counts[most]!) most = i
  return texts[most]!
}
