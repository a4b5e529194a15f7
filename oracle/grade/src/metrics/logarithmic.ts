/** What metrics of logarithms share. */

import { logOnePlus } from '../arithmetic/powers.ts'
import { GradeError } from '../errors.ts'

/** ln(1 + value) of a truth. Throws `truth_degenerate` for a value of −1 or less. */
export function logarithmic(truth: Float64Array, metric: string): Float64Array {
  if (truth.some((value) => value <= -1))
    throw new GradeError('truth_degenerate', `${metric} needs a truth above −1 in each row.`)
  return truth.map(logOnePlus)
}

/** Not a number for a prediction of −1 or less, which has no logarithm: bound the column with `min`. */
export const logError = (log: number, predicted: number): number =>
  predicted <= -1 ? Number.NaN : log - logOnePlus(predicted)
