/** Mean gamma deviance. Minimize, from 0. scikit-learn `mean_gamma_deviance`. */

import { sklearn } from './common.ts'
import { meanDeviance } from './deviance.ts'
import type { Metric } from './metric.ts'
import { regression } from './regression.ts'

export const gammaDeviance: Metric = {
  ...regression,
  id: 'gamma_deviance',
  title: 'Mean gamma deviance',
  words: 'The error of predicted positive sizes, by factors: the same in every unit. Lower is better.',
  formula: 'mean of 2·(ln(p ÷ t) + t ÷ p − 1)',
  source: sklearn('mean_gamma_deviance'),
  prepare: meanDeviance('gamma_deviance', 2),
}
