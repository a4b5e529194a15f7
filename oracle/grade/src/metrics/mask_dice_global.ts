/** Dice coefficient over the pixels of all masks together. Maximize, 0 to 1. */

import { ofAllMasks, ofMasks } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskDiceGlobal: Metric = {
  ...ofMasks,
  id: 'mask_dice_global',
  title: 'Dice coefficient of all masks',
  words: 'F1 of the pixels of all masks together: large masks count more, empty ones do no harm.',
  formula: '2·Σ shared pixels ÷ (Σ true pixels + Σ predicted pixels)',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html',
  params: {},
  prepare: ofAllMasks('mask_dice_global', (shared, truth, predicted) => (2 * shared) / (truth + predicted)),
}
