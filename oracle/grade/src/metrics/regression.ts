/** What the regression metrics share: number columns, and the sum of squared differences. */

import type { Column, NumberColumn } from '../columns.ts'
import { compensatedSum } from '../sum.ts'
import type { Metric } from './metric.ts'

export const numbers = (column: Column): Float64Array => (column as NumberColumn).values

export const regression = {
  version: 1,
  truthTypes: ['number', 'integer'],
  columnTypes: ['number', 'integer', 'probability'],
  maxColumns: 1,
  params: [],
} as const satisfies Partial<Metric>

export function squaredError(truth: Float64Array, predicted: Float64Array): number {
  return compensatedSum(truth.length, (i) => {
    const difference = truth[i]! - predicted[i]!
    return difference * difference
  })
}
