/** The points of a ROC or precision-recall curve: how much of each class lies at or above each score. */

import { argsort } from '../arithmetic/argsort.ts'

export interface Curve {
  /** Weight of the positive and the negative rows with at least the score of a threshold, thresholds descending. */
  readonly positives: Float64Array
  readonly negatives: Float64Array
}

/** One point for each distinct score, the highest first. Weights are 1 if absent. */
export function curveOf(scores: Float64Array, positive: Uint8Array, weights: Float64Array | undefined): Curve {
  const order = argsort(scores)
  const positives = new Float64Array(order.length)
  const negatives = new Float64Array(order.length)
  let points = 0
  // Neumaier's sums, by hand because both run on over the points.
  const sum = [0, 0]
  const lost = [0, 0]
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i]!
    const side = positive[row] === 1 ? 0 : 1
    const x = weights ? weights[row]! : 1
    const before = sum[side]!
    const next = before + x
    lost[side]! += before >= x ? before - next + x : x - next + before
    sum[side] = next
    if (i > 0 && scores[order[i - 1]!] === scores[row]) continue
    positives[points] = sum[0]! + lost[0]!
    negatives[points] = sum[1]! + lost[1]!
    points++
  }
  return { positives: positives.subarray(0, points), negatives: negatives.subarray(0, points) }
}
