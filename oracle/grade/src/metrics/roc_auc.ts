/** Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half. */

import type { NumberColumn } from '../columns.ts'
import { positives } from './binary.ts'
import type { Metric } from './metric.ts'
import { orderedHalfPairs } from './pairs.ts'

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
    let above = 0
    for (let i = 0; i < positive.length; i++) above += positive[i]!
    const pairs = above * (positive.length - above)
    return (predictions) => orderedHalfPairs((predictions[0] as NumberColumn).values, positive) / (2 * pairs)
  },
}
