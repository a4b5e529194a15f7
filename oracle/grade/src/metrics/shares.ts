/** What metrics of relative errors need of a truth. */

import { GradeError } from '../errors.ts'

/** Throws `truth_degenerate` for a truth with a zero, by which an error would be divided. */
export function withoutZeros(truth: Float64Array, metric: string): void {
  if (truth.some((value) => value === 0))
    throw new GradeError(
      'truth_degenerate',
      `${metric} divides by the truth, which must not be 0 in any row; wape does not.`,
    )
}
