/** How often each class is true, predicted, and both: what precision, recall and their kin are made of. */

import { compensatedSum, Sums } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { createByteTable, entryText } from '../table/bytetable.ts'
import { type Column, type LabelColumn, pickRows } from '../table/columns.ts'
import { sortEntries } from '../table/sortentries.ts'
import { type Classes, classesOf, truthClasses } from './classes.ts'
import { listLength, setsOf, sharedItems } from './lists.ts'
import type { MetricParams, MetricTruth } from './metric.ts'

/** Of each class: the weight of the rows (1 each without weights) where it is true, where it is predicted, where it is both. */
export interface ClassCounts {
  readonly actual: Float64Array
  readonly predicted: Float64Array
  readonly both: Float64Array
  /** The classes that occur in truth or prediction, in their fixed order: texts by their bytes, whole numbers by value. */
  readonly present: readonly number[]
  text(code: number): string
}

/** Whether each row has a set of labels instead of one. */
export const isLists = (truth: MetricTruth, truthType: string): boolean =>
  truthType === 'list' && truth.columns[0]!.kind === 'label'

export function countClasses(truth: MetricTruth, predicted: Column, lists: boolean): ClassCounts {
  return lists ? countItems(truth, predicted) : countLabels(truth, classesOf(truth.columns[0]!, predicted))
}

function countLabels({ weights }: MetricTruth, classes: Classes): ClassCounts {
  const { truth, predicted, count } = classes
  if (!weights) return finish(countRows(classes), classes.order(), classes.text)
  const sums = { actual: new Sums(count), predicted: new Sums(count), both: new Sums(count) }
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!
    const p = predicted[i]!
    const weight = weights[i]!
    sums.actual.add(t, weight)
    sums.predicted.add(p, weight)
    if (t === p) sums.both.add(t, weight)
  }
  return finish(valuesOf(sums), classes.order(), classes.text)
}

type Counted = Pick<ClassCounts, 'actual' | 'predicted' | 'both'>

/** Where rows have no weights: whole numbers, of which every sum is exact. */
function countRows({ truth, predicted, count }: Classes): Counted {
  const [actual, guessed, both] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!
    const p = predicted[i]!
    actual[t]!++
    guessed[p]!++
    if (t === p) both[t]!++
  }
  return { actual, predicted: guessed, both }
}

/** Labels of a list count once each, in whatever order. */
function countItems({ columns, weights }: MetricTruth, column: Column): ClassCounts {
  const table = createByteTable()
  const truth = setsOf(columns[0]!, table)
  const predicted = setsOf(column, table)
  const { size } = table
  const sums = { actual: new Sums(size), predicted: new Sums(size), both: new Sums(size) }
  const seen = new Int32Array(size).fill(-1)
  for (let row = 0; row < truth.codes.length; row++) {
    const weight = weights ? weights[row]! : 1
    const t = truth.codes[row]!
    for (let i = truth.starts[t]!; i < truth.starts[t + 1]!; i++) {
      sums.actual.add(truth.items[i]!, weight)
      seen[truth.items[i]!] = row
    }
    const p = predicted.codes[row]!
    for (let i = predicted.starts[p]!; i < predicted.starts[p + 1]!; i++) {
      const item = predicted.items[i]!
      sums.predicted.add(item, weight)
      if (seen[item] === row) sums.both.add(item, weight)
    }
  }
  return finish(valuesOf(sums), [...sortEntries(table)], (code) => entryText(table, code))
}

const valuesOf = ({ actual, predicted, both }: Record<keyof Counted, Sums>): Counted => ({
  actual: actual.values(),
  predicted: predicted.values(),
  both: both.values(),
})

function finish(counted: Counted, order: readonly number[], text: ClassCounts['text']): ClassCounts {
  const { actual, predicted } = counted
  return { ...counted, text, present: order.filter((code) => actual[code]! + predicted[code]! > 0) }
}

/** A ratio of one class's counts; NaN stands for 0 ÷ 0, which `zero_division` decides. */
export type Ratio = (both: number, predicted: number, actual: number) => number

/** The average of a ratio over classes, in scikit-learn's ways. `zero` stands for 0 ÷ 0. */
export function averageRatio(counts: ClassCounts, params: MetricParams, ratio: Ratio): number {
  const zero = params.zero_division ?? 0
  const { actual, predicted, both, present, text } = counts
  const defined = (value: number): number => (Number.isNaN(value) ? zero : value)
  const ofClass = (code: number): number => defined(ratio(both[code]!, predicted[code]!, actual[code]!))
  if (params.average === 'binary') {
    const positive = String(params.posLabel ?? 1)
    const code = present.find((c) => text(c) === positive)
    return code === undefined ? zero : ofClass(code)
  }
  const labels = params.labels && new Set(params.labels.map(String))
  const codes = labels ? present.filter((code) => labels.has(text(code))) : present
  // Classes that are asked for and stand neither in the truth nor in the prediction.
  const missing = labels ? labels.size - codes.length : 0
  const total = (of: Float64Array): number => compensatedSum(codes.length, (i) => of[codes[i]!]!)
  if (params.average === 'micro') return defined(ratio(total(both), total(predicted), total(actual)))
  if (params.average === 'weighted') {
    const weight = total(actual)
    return weight === 0 ? zero : compensatedSum(codes.length, (i) => actual[codes[i]!]! * ofClass(codes[i]!)) / weight
  }
  const classes = codes.length + missing
  return classes === 0 ? zero : (compensatedSum(codes.length, (i) => ofClass(codes[i]!)) + missing * zero) / classes
}

/** The mean of a ratio over rows of label sets. */
export function averageOverRows(truth: MetricTruth, column: Column, zero: number, ratio: Ratio): number {
  const table = createByteTable()
  const actual = setsOf(truth.columns[0]!, table)
  const predicted = setsOf(column, table)
  const { weights } = truth
  const rows = actual.codes.length
  const ofRow = (i: number): number => {
    const value = ratio(sharedItems(actual, i, predicted, i), listLength(predicted, i), listLength(actual, i))
    return Number.isNaN(value) ? zero : value
  }
  if (!weights) return compensatedSum(rows, ofRow) / rows
  return compensatedSum(rows, (i) => weights[i]! * ofRow(i)) / compensatedSum(rows, (i) => weights[i]!)
}

/** Refuses classes that are given twice, or none of which the truth has; for `binary`, a positive class that it does not have. */
export function checkClasses(truth: MetricTruth, params: MetricParams, lists: boolean): void {
  const column = counted(truth)
  const texts = lists ? itemTexts(column) : truthClasses(column).texts
  if (params.average === 'binary') {
    if (lists) throw new GradeError('params_invalid', 'average is binary: lists of labels need another average.')
    if (!texts.includes(String(params.posLabel ?? 1)))
      throw new GradeError('truth_degenerate', 'No row that is graded has the positive class. Set posLabel.')
  }
  if (params.average === 'samples' && !lists)
    throw new GradeError('params_invalid', 'average is samples: it is for lists of labels.')
  if (lists && texts.length === 0) throw new GradeError('truth_degenerate', 'No row that is graded has any label.')
  const labels = params.labels?.map(String)
  if (!labels) return
  if (params.average === 'samples' || params.average === 'binary')
    throw new GradeError('params_invalid', 'labels is for averages over classes.')
  const distinct = new Set(labels)
  if (labels.length === 0 || distinct.size < labels.length)
    throw new GradeError('params_invalid', 'labels must name at least one class, and each only once.')
  if (!texts.some((text) => distinct.has(text)))
    throw new GradeError('truth_degenerate', 'None of the labels that count occurs in the graded rows.')
}

/** The true values of the rows that count: those of weight 0 do not. */
function counted({ columns: [column], weights }: MetricTruth): Column {
  if (!weights) return column!
  return pickRows(
    column!,
    Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0),
  )
}

/** The items of the lists in a column that are those of some row. */
function itemTexts(column: Column): string[] {
  const table = createByteTable()
  const { codes, starts, items } = setsOf(column as LabelColumn, table)
  const present = new Uint8Array(table.size)
  for (let row = 0; row < codes.length; row++)
    for (let i = starts[codes[row]!]!; i < starts[codes[row]! + 1]!; i++) present[items[i]!] = 1
  return [...sortEntries(table)].filter((item) => present[item] === 1).map((item) => entryText(table, item))
}
