/** Dice coefficient over the pixels of all masks together. Maximize, 0 to 1. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { areaOf, masksOf, ofMasks, overlapOf } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskDiceGlobal: Metric = {
  ...ofMasks,
  id: 'mask_dice_global',
  title: 'Dice coefficient of all masks',
  words: 'F1 of the pixels of all masks together: large masks count more, empty ones do no harm.',
  formula: '2·Σ shared pixels ÷ (Σ true pixels + Σ predicted pixels)',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html',
  params: {},
  prepare(truth) {
    const actual = masksOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const weight = (i: number): number => (truth.weights ? truth.weights[i]! : 1)
    const area = compensatedSum(rows, (i) => weight(i) * areaOf(actual(i)))
    if (!(area > 0)) throw new GradeError('truth_degenerate', 'mask_dice_global needs a mask with pixels.')
    return (predictions) => {
      const guess = masksOf(predictions[0]!)
      const shared = compensatedSum(rows, (i) => weight(i) * overlapOf(actual(i), guess(i)))
      return (2 * shared) / (area + compensatedSum(rows, (i) => weight(i) * areaOf(guess(i))))
    }
  },
}
