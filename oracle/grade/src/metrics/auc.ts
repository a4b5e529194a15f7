/** Area under a ROC curve, by counting pairs where that is exact, and along the curve where rows have weights or only a part counts. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { curveOf } from './curve.ts'
import { orderedHalfPairs } from './pairs.ts'

/** `positive` has rows of both kinds, and both have a weight above 0. */
export function areaUnderRoc(scores: Float64Array, positive: Uint8Array, weights?: Float64Array, maxFpr = 1): number {
  if (!weights && maxFpr === 1) {
    let above = 0
    for (let i = 0; i < positive.length; i++) above += positive[i]!
    return orderedHalfPairs(scores, positive) / (2 * (above * (positive.length - above)))
  }
  const { positives, negatives } = curveOf(scores, positive, weights)
  const last = positives.length - 1
  const [allPositives, allNegatives] = [positives[last]!, negatives[last]!]
  const end = maxFpr * allNegatives
  const at = (of: Float64Array, i: number): number => (i < 0 ? 0 : of[i]!)
  // Trapezia from point to point; the one that passes the end is cut off there.
  const area = compensatedSum(positives.length, (i) => {
    const [x0, x1] = [at(negatives, i - 1), negatives[i]!]
    const [y0, y1] = [at(positives, i - 1), positives[i]!]
    if (x0 >= end) return 0
    if (x1 <= end) return ((x1 - x0) * (y0 + y1)) / 2
    const y = y0 + ((end - x0) / (x1 - x0)) * (y1 - y0)
    return ((end - x0) * (y0 + y)) / 2
  })
  const share = area / (allPositives * allNegatives)
  if (maxFpr === 1) return share
  const least = (maxFpr * maxFpr) / 2
  return 0.5 * (1 + (share - least) / (maxFpr - least))
}
