/** F1, the harmonic mean of precision and recall, averaged over classes in the four ways of scikit-learn. */

import type { Column } from '../columns.ts'
import { GradeError } from '../errors.ts'
import { compensatedSum } from '../sum.ts'
import { type Classes, classesOf, truthClasses } from './classes.ts'
import type { Metric, MetricId, MetricParams } from './metric.ts'

/** Of each class: rows where it is true, where it is predicted, where it is both. */
interface Counts {
  readonly actual: Int32Array
  readonly predicted: Int32Array
  readonly both: Int32Array
}

function countClasses({ truth, predicted, count }: Classes): Counts {
  const counts = { actual: new Int32Array(count), predicted: new Int32Array(count), both: new Int32Array(count) }
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]!
    const p = predicted[i]!
    counts.actual[t]!++
    counts.predicted[p]!++
    if (t === p) counts.both[t]!++
  }
  return counts
}

/** 2·TP ÷ (2·TP + FP + FN), 0 where there is neither truth nor prediction. */
const ratio = (both: number, actual: number, predicted: number): number =>
  actual + predicted === 0 ? 0 : (2 * both) / (actual + predicted)

const ofClass = ({ both, actual, predicted }: Counts, code: number): number =>
  ratio(both[code]!, actual[code]!, predicted[code]!)

type Average = (counts: Counts, codes: readonly number[], missing: number) => number

/** `missing`: classes that are asked for and stand neither in the truth nor in the prediction; their F1 is 0. */
const averages = {
  f1_macro: (counts, codes, missing) =>
    compensatedSum(codes.length, (i) => ofClass(counts, codes[i]!)) / (codes.length + missing),
  f1_micro: ({ both, actual, predicted }, codes) => {
    const total = (of: Int32Array): number => codes.reduce((sum, code) => sum + of[code]!, 0)
    return ratio(total(both), total(actual), total(predicted))
  },
  f1_weighted: (counts, codes) => {
    const weight = codes.reduce((sum, code) => sum + counts.actual[code]!, 0)
    return compensatedSum(codes.length, (i) => counts.actual[codes[i]!]! * ofClass(counts, codes[i]!)) / weight
  },
} satisfies Partial<Record<MetricId, Average>>

/** Refuses classes that are given twice or none of which the truth has. */
function checkedLabels(truth: Column, params: MetricParams): Set<string> | undefined {
  const labels = params.labels?.map(String)
  if (!labels) return undefined
  const distinct = new Set(labels)
  if (labels.length === 0 || distinct.size < labels.length) {
    throw new GradeError('params_invalid', 'labels must name at least one class, and each only once.')
  }
  if (!truthClasses(truth).texts.some((text) => distinct.has(text))) {
    throw new GradeError('truth_degenerate', 'None of the labels that count occurs in the graded rows.')
  }
  return distinct
}

function averaged(id: keyof typeof averages, title: string, formula: string): Metric {
  return {
    ...common,
    id,
    title,
    formula,
    params: ['labels'],
    prepare(truth, params) {
      const labels = checkedLabels(truth, params)
      return (predictions) => {
        const classes = classesOf(truth, predictions[0]!)
        const counts = countClasses(classes)
        const present = classes.order().filter((code) => counts.actual[code]! + counts.predicted[code]! > 0)
        if (!labels) return averages[id](counts, present, 0)
        const asked = present.filter((code) => labels.has(classes.text(code)))
        return averages[id](counts, asked, labels.size - asked.length)
      }
    },
  }
}

const common = {
  version: 1,
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  truthTypes: ['label', 'integer'],
  columnTypes: ['label', 'integer'],
  maxColumns: 1,
} as const satisfies Partial<Metric>

export const f1Macro = averaged(
  'f1_macro',
  'F1, macro average',
  'mean over classes of 2·TP ÷ (2·TP + FP + FN); the classes are those in truth or prediction, unless labels names them',
)

export const f1Micro = averaged('f1_micro', 'F1, micro average', '2·ΣTP ÷ (2·ΣTP + ΣFP + ΣFN), summed over classes')

export const f1Weighted = averaged(
  'f1_weighted',
  'F1, weighted average',
  'mean over classes of 2·TP ÷ (2·TP + FP + FN), each weighted by its rows in the truth',
)

export const f1Binary: Metric = {
  ...common,
  id: 'f1_binary',
  title: 'F1 of one class',
  formula: '2·TP ÷ (2·TP + FP + FN) of the class posLabel (default 1)',
  params: ['posLabel'],
  prepare(truth, params) {
    const positive = String(params.posLabel ?? 1)
    if (!truthClasses(truth).texts.includes(positive)) {
      throw new GradeError('truth_degenerate', 'No row that is graded has the positive class. Set posLabel.')
    }
    return (predictions) => {
      const classes = classesOf(truth, predictions[0]!)
      const code = classes.order().find((c) => classes.text(c) === positive)!
      return ofClass(countClasses(classes), code)
    }
  },
}
