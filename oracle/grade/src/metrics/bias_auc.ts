/** ROC AUC with a power mean of the AUCs of subgroups. Maximize, 0 to 1. Borkan et al. 2019; Jigsaw Unintended Bias on Kaggle. */

import { power } from '../arithmetic/powers.ts'
import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { createByteTable } from '../table/bytetable.ts'
import type { NumberColumn } from '../table/columns.ts'
import { areaUnderRoc } from './auc.ts'
import { setsOf } from './lists.ts'
import type { Metric } from './metric.ts'
import { numbers } from './regression.ts'

const MAX_SUBGROUPS = 1000

export const biasAuc: Metric = {
  version: 1,
  family: 'probabilities',
  id: 'bias_auc',
  title: 'ROC AUC with the bias of subgroups',
  words:
    'The area under the ROC curve, together with those of subgroups: within each, and between it and the others, so that a model may not be wrong about who is mentioned.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'w · AUC + (1 − w) ÷ 3 · Σ of the power means over subgroups of the AUC of its rows, of its negative with the other positive rows, and of its positive with the other negative rows',
  source: 'https://www.kaggle.com/competitions/jigsaw-unintended-bias-in-toxicity-classification/overview/evaluation',
  truthTypes: ['integer', 'list'],
  truthColumns: [
    { name: 'target', type: 'integer' },
    { name: 'subgroups', type: 'list' },
  ],
  columnTypes: ['number', 'probability', 'integer'],
  maxColumns: 1,
  weights: false,
  params: {
    power: {
      kind: 'number',
      min: -100,
      max: 100,
      default: -5,
      words: 'The exponent of the power mean over subgroups, not 0: the lower, the more the worst ones count.',
    },
    overall_weight: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.25,
      words: 'How much the AUC of all rows counts; the three means share the rest.',
    },
  },
  prepare(truth, params) {
    const exponent = params.power!
    if (exponent === 0) throw new GradeError('params_invalid', 'power is not 0.')
    const target = numbers(truth.columns[0]!)
    if (target.some((value) => value !== 0 && value !== 1))
      throw new GradeError('truth_degenerate', 'bias_auc needs 0 (negative) or 1 (positive) in the column target.')
    const table = createByteTable()
    const { codes, starts, items } = setsOf(truth.columns[1]!, table)
    const { size } = table
    if (size === 0 || size > MAX_SUBGROUPS)
      throw new GradeError(
        'truth_degenerate',
        `bias_auc needs 1 to ${MAX_SUBGROUPS} subgroups in the column subgroups, not ${size}.`,
      )
    const within = Array.from({ length: size }, () => new Uint8Array(target.length))
    for (let row = 0; row < target.length; row++)
      for (let i = starts[codes[row]!]!; i < starts[codes[row]! + 1]!; i++) within[items[i]!]![row] = 1
    const subsets = [
      within.map((member) => subset(target, (row) => member[row] === 1)),
      within.map((member) => subset(target, (row) => member[row] !== target[row])),
      within.map((member) => subset(target, (row) => member[row] === target[row])),
    ]
    const all = subset(target, () => true)
    return (predictions) => {
      const { values } = predictions[0] as NumberColumn
      const auc = ({ rows, positive }: Subset): number =>
        areaUnderRoc(
          Float64Array.from(rows, (row) => values[row]!),
          positive,
        )
      const means = subsets.map((groups) => powerMean(groups.map(auc), exponent))
      const { overall_weight: weight = 0 } = params
      return weight * auc(all) + ((1 - weight) / 3) * compensatedSum(3, (i) => means[i]!)
    }
  },
  trial: (truth) => ({ perfect: (rank) => [numbers(truth.columns[0]!)[rank]!], constant: [0] }),
}

interface Subset {
  readonly rows: Int32Array
  readonly positive: Uint8Array
}

function subset(target: Float64Array, has: (row: number) => boolean): Subset {
  const rows: number[] = []
  for (let row = 0; row < target.length; row++) if (has(row)) rows.push(row)
  const positive = Uint8Array.from(rows, (row) => target[row]!)
  const above = positive.reduce((sum, one) => sum + one, 0)
  if (above === 0 || above === rows.length)
    throw new GradeError(
      'truth_degenerate',
      'bias_auc needs positive and negative rows of each subgroup, and of what is in none of it.',
    )
  return { rows: Int32Array.from(rows), positive }
}

/** That of a mean with a 0 and a negative exponent is 0. */
function powerMean(values: readonly number[], exponent: number): number {
  if (values.some((value) => value === 0) && exponent < 0) return 0
  const term = (value: number): number => (value === 0 ? 0 : power(value, exponent))
  const mean = compensatedSum(values.length, (i) => term(values[i]!)) / values.length
  return mean === 0 ? 0 : power(mean, 1 / exponent)
}
