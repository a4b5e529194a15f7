/** Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half. */

import type { NumberColumn } from '../columns.ts'
import { positives } from './binary.ts'
import type { Metric } from './metric.ts'
import { sortNumbers } from './sortnumbers.ts'

export const rocAuc: Metric = {
  id: 'roc_auc',
  version: 1,
  title: 'Area under the ROC curve',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula: '(pairs of a positive and a negative row in the right order + ½ · tied pairs) ÷ pairs',
  truthTypes: ['label', 'integer'],
  columnTypes: ['number', 'probability', 'integer'],
  maxColumns: 1,
  params: ['posLabel'],
  prepare(truth, params) {
    const positive = positives(truth, params, 'roc_auc')
    return (predictions) => areaUnderCurve((predictions[0] as NumberColumn).values, positive)
  },
}

/** Exact up to the one division: pairs are counted in whole halves, below 2^53 for any file within the limits. */
function areaUnderCurve(scores: Float64Array, positive: Uint8Array): number {
  const { length } = scores
  let count = 0
  for (let i = 0; i < length; i++) count += positive[i]!
  const above = new Float64Array(count)
  const below = new Float64Array(length - count)
  for (let i = 0, a = 0, b = 0; i < length; i++) {
    if (positive[i] === 1) above[a++] = scores[i]!
    else below[b++] = scores[i]!
  }
  sortNumbers(above)
  sortNumbers(below)
  let halves = 0
  let less = 0
  let notGreater = 0
  for (let i = 0; i < above.length; i++) {
    const score = above[i]!
    while (less < below.length && below[less]! < score) less++
    if (notGreater < less) notGreater = less
    while (notGreater < below.length && below[notGreater]! === score) notGreater++
    halves += less + notGreater
  }
  return halves / (2 * above.length * below.length)
}
