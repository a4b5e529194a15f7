/** Logarithm of the mean absolute error; by groups it is the score of molecular properties. Minimize. */

import { naturalLog } from '../arithmetic/log.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import type { Metric } from './metric.ts'
import { ofColumn, regression } from './regression.ts'

const FLOOR = 1e-9

export const logMae: Metric = {
  ...regression,
  id: 'log_mae',
  title: 'Logarithm of the mean absolute error',
  words: 'The logarithm of the mean distance to the truth, so that errors of groups of different size can be averaged.',
  range: [-20.72326583694641, null],
  best: -20.72326583694641,
  formula: 'ln max(mean of |truth − prediction|, 10^-9)',
  source: 'https://www.kaggle.com/competitions/champs-scalar-coupling/overview/evaluation',
  prepare: ofColumn(
    () => undefined,
    ({ truth, predicted, weights }) =>
      naturalLog(
        Math.max(
          FLOOR,
          weightedMean(truth.length, weights, (i) => Math.abs(truth[i]! - predicted[i]!)),
        ),
      ),
  ),
}
