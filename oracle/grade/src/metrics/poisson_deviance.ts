/** Mean Poisson deviance. Minimize, from 0. scikit-learn `mean_poisson_deviance`. */

import { sklearn } from './common.ts'
import { meanDeviance } from './deviance.ts'
import type { Metric } from './metric.ts'
import { regression } from './regression.ts'

export const poissonDeviance: Metric = {
  ...regression,
  id: 'poisson_deviance',
  title: 'Mean Poisson deviance',
  words: 'The error of predicted mean counts. Lower is better.',
  formula: 'mean of 2·(t·ln(t ÷ p) − t + p)',
  source: sklearn('mean_poisson_deviance'),
  prepare: meanDeviance('poisson_deviance', 1),
}
