/** Intersection over union of masks, mean over rows. Maximize, 0 to 1. Jaccard 1901. */

import { meanOfMasks, ofMasks } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskIou: Metric = {
  ...ofMasks,
  id: 'mask_iou',
  title: 'Intersection over union of masks',
  words: 'Of the pixels in the true or the predicted mask, the share that is in both; the mean over rows.',
  formula: 'mean of shared pixels ÷ pixels of either',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.jaccard_score.html',
  prepare: meanOfMasks((shared, truth, predicted) => shared / (truth + predicted - shared)),
}
