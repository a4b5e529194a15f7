/** Mean Tweedie deviance. Minimize, from 0. scikit-learn `mean_tweedie_deviance`. */

import { sklearn } from './common.ts'
import { meanDeviance } from './deviance.ts'
import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'
import { regression } from './regression.ts'

export const POWER: ParamSpec = {
  kind: 'number',
  min: -10,
  max: 10,
  default: 0,
  words: '0 normal, 1 Poisson, between 1 and 2 compound Poisson, 2 gamma, 3 inverse Gaussian; none between 0 and 1.',
}

export const tweedieDeviance: Metric = {
  ...regression,
  id: 'tweedie_deviance',
  title: 'Mean Tweedie deviance',
  words:
    'The error of predicted means of a Tweedie distribution, such as sums of claims with many zeros. Lower is better.',
  formula:
    'mean of 2·(max(t, 0)^(2−power) ÷ ((1−power)(2−power)) − t·p^(1−power) ÷ (1−power) + p^(2−power) ÷ (2−power)), and its limits at power 0, 1, 2',
  source: sklearn('mean_tweedie_deviance'),
  params: { ...regression.params, power: POWER },
  prepare: meanDeviance('tweedie_deviance'),
}
