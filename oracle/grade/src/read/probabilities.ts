/** Probabilities of one row, which add up to 1 where they are of classes that exclude each other. */

import { LIMITS, type SubmissionShape } from '../shape.ts'
import type { ColumnReader } from './readcolumn.ts'

export const sumsToOne = ({ independent, columns }: Pick<SubmissionShape, 'independent' | 'columns'>): boolean =>
  !independent && columns.filter((column) => column.type === 'probability').length > 1

export function addsUp(readers: readonly ColumnReader[], slot: number): boolean {
  let sum = 0
  for (const reader of readers) if (reader.rangeReason === 'not_a_probability') sum += reader.values[slot]!
  return Math.abs(sum - 1) <= LIMITS.probabilityTolerance
}
