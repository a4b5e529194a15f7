/** What the regression metrics share: number columns, and means over rows and columns. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { Column, NumberColumn } from '../table/columns.ts'
import { meanOfColumns } from './common.ts'
import type { Metric, MetricParams, MetricTruth } from './metric.ts'
import type { ParamSpecs } from './paramspec.ts'

export const numbers = (column: Column): Float64Array => (column as NumberColumn).values

const MULTIOUTPUT = {
  multioutput: {
    kind: 'numbers',
    min: 0,
    words: 'With several columns: how much each column’s score counts. Without it the score is their mean.',
  },
} as const satisfies ParamSpecs

/** Numbers; several columns are scored one by one and averaged. */
export const regression = {
  version: 1,
  family: 'regression',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  truthTypes: ['number', 'integer'],
  truthColumns: 'each',
  columnTypes: ['number', 'integer', 'probability'],
  maxColumns: 1000,
  weights: true,
  params: MULTIOUTPUT,
} as const satisfies Partial<Metric>

export { MULTIOUTPUT }

/** Values of one column, true and predicted, with the weights of their rows. */
export interface Values {
  readonly truth: Float64Array
  readonly predicted: Float64Array
  readonly weights: Float64Array | undefined
}

/** A metric of one column of numbers. `check` refuses truths for which it is not defined, and gives what the score needs of them. */
export const ofColumn =
  <Known>(
    check: (truth: Float64Array, weights: Float64Array | undefined, params: MetricParams) => Known,
    score: (values: Values, known: Known, params: MetricParams) => number,
  ): Metric['prepare'] =>
  (truth, params) => {
    const shares = sharesOf(truth, params)
    const { weights } = truth
    return meanOfColumns(
      truth,
      (column) => {
        const t = numbers(column)
        const known = check(t, weights, params)
        return (predicted) => score({ truth: t, predicted: numbers(predicted), weights }, known, params)
      },
      shares,
    )
  }

function sharesOf(truth: MetricTruth, { multioutput }: MetricParams): readonly number[] | undefined {
  if (!multioutput) return undefined
  if (multioutput.length !== truth.columns.length || !multioutput.some((share) => share > 0))
    throw new GradeError('params_invalid', 'multioutput has a number for each column, at least one of them above 0.')
  return multioutput
}

/** The mean over rows of a loss of truth and prediction. */
export const meanLoss = (loss: (truth: number, predicted: number, params: MetricParams) => number): Metric['prepare'] =>
  ofColumn(
    () => undefined,
    ({ truth, predicted, weights }, _, params) =>
      weightedMean(truth.length, weights, (i) => loss(truth[i]!, predicted[i]!, params)),
  )

/** Σ w·term ÷ Σ w is `weightedMean`; this is Σ w·term. */
export function weightedSum(count: number, weights: Float64Array | undefined, term: (i: number) => number): number {
  return compensatedSum(count, weights ? (i) => weights[i]! * term(i) : term)
}

export const squared = (x: number): number => x * x
