/** Intersection over union of the pixels of all masks together. Maximize, 0 to 1. Jaccard 1901; mean IoU of PASCAL VOC segmentation, by groups. */

import { ofAllMasks, ofMasks } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskIouGlobal: Metric = {
  ...ofMasks,
  id: 'mask_iou_global',
  title: 'Intersection over union of all masks',
  words:
    'Of the pixels in any true or predicted mask, the share that is in both; with a class for each group, the mean IoU of semantic segmentation.',
  formula: 'Σ shared pixels ÷ (Σ true pixels + Σ predicted pixels − Σ shared pixels)',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.jaccard_score.html',
  params: {},
  prepare: ofAllMasks('mask_iou_global', (shared, truth, predicted) => shared / (truth + predicted - shared)),
}
