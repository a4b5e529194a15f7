/** Dice coefficient of masks, mean over rows. Maximize, 0 to 1. Dice 1945. */

import { meanOfMasks, ofMasks } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskDice: Metric = {
  ...ofMasks,
  id: 'mask_dice',
  title: 'Dice coefficient of masks',
  words: 'F1 of the pixels of a mask; the mean over rows.',
  formula: 'mean of 2·shared pixels ÷ (true pixels + predicted pixels)',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html',
  prepare: meanOfMasks((shared, truth, predicted) => (2 * shared) / (truth + predicted)),
}
