/** F-beta of masks, mean over rows. Maximize, 0 to 1. scikit-learn `fbeta_score` of the pixels of a row. */

import { meanOfMasks, ofMasks } from './masks.ts'
import type { Metric } from './metric.ts'

export const maskFbeta: Metric = {
  ...ofMasks,
  id: 'mask_fbeta',
  title: 'F-beta of masks',
  words:
    'Precision and recall of the pixels of a mask in one number, recall counting beta times as much; the mean over rows.',
  formula: 'mean of (1 + β²)·shared pixels ÷ (β²·true pixels + predicted pixels)',
  source: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.fbeta_score.html',
  params: {
    ...ofMasks.params,
    beta: { kind: 'number', min: 0.01, max: 100, default: 0.5, words: 'How much recall counts beside precision.' },
  },
  prepare: (truth, params, columns) => {
    const square = params.beta! * params.beta!
    const ratio = (shared: number, actual: number, predicted: number): number =>
      ((1 + square) * shared) / (square * actual + predicted)
    return meanOfMasks(ratio)(truth, params, columns)
  },
}
