/** F1 of each row's set of labels, averaged over rows. Maximize, 0 to 1. scikit-learn `f1_score(average='samples')`. */

import { averaging } from './averaged.ts'
import { ofClasses, sklearn } from './common.ts'
import type { Metric } from './metric.ts'

export const f1Samples: Metric = {
  ...ofClasses,
  family: 'multilabel',
  id: 'f1_samples',
  title: 'F1 of label sets, mean over rows',
  words: 'F1 between each row’s true and predicted set of labels, averaged over rows.',
  formula: 'mean over rows of 2·|true ∩ predicted| ÷ (|true| + |predicted|); 0 where both are empty',
  source: sklearn('f1_score'),
  truthTypes: ['list'],
  columnTypes: ['list'],
  prepare: averaging(() => (both, predicted, actual) => (2 * both) / (actual + predicted), { average: 'samples' }),
}
