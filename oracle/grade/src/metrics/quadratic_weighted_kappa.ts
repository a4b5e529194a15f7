/** Cohen's kappa with squared distances between grades. Maximize, up to 1. scikit-learn `cohen_kappa_score(weights='quadratic')`. */

import { ORDERED_LABELS } from './cohen_kappa.ts'
import { ofClasses, sklearn } from './common.ts'
import { prepareKappa } from './kappa.ts'
import type { Metric } from './metric.ts'

export const quadraticWeightedKappa: Metric = {
  ...ofClasses,
  id: 'quadratic_weighted_kappa',
  title: 'Quadratic weighted kappa',
  words: 'Agreement of grades beyond chance, where a grade that is further off counts by the square of the distance.',
  range: [null, 1],
  formula: '1 − Σ (i − j)²·observed ÷ Σ (i − j)²·expected, i and j being places of the classes in their order',
  source: sklearn('cohen_kappa_score'),
  params: { labels: ORDERED_LABELS },
  prepare: (truth, params) => prepareKappa(truth, params, 'quadratic'),
}
