/** Cohen's kappa. Maximize, −1 to 1. scikit-learn `cohen_kappa_score`; Cohen 1960, 1968. */

import { ofClasses, sklearn } from './common.ts'
import { prepareKappa } from './kappa.ts'
import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'

export const ORDERED_LABELS: ParamSpec = {
  kind: 'labels',
  words:
    'All classes in their order, which distances are counted in. Without it the order is that of the values, and only classes of truth or prediction take a place.',
}

export const cohenKappa: Metric = {
  ...ofClasses,
  id: 'cohen_kappa',
  title: 'Cohen’s kappa',
  words: 'Agreement with the truth beyond what chance would give: 1 is perfect, 0 is chance.',
  range: [null, 1],
  formula:
    '1 − Σ w·observed ÷ Σ w·expected over pairs of classes; w is 1 for unequal classes, or by weights |i − j| or (i − j)²',
  source: sklearn('cohen_kappa_score'),
  params: {
    weights: {
      kind: 'choice',
      choices: ['none', 'linear', 'quadratic'],
      default: 'none',
      words: 'How much a wrong class counts: each alike, by its distance, or by the square of the distance.',
    },
    labels: ORDERED_LABELS,
  },
  prepare: (truth, params) => prepareKappa(truth, params, params.weights as 'none' | 'linear' | 'quadratic'),
}
