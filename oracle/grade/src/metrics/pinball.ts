/** Pinball (quantile) loss. Minimize, from 0. scikit-learn `mean_pinball_loss`. */

import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'
import { meanLoss, regression } from './regression.ts'

export const ALPHA: ParamSpec = {
  kind: 'number',
  // At 0 and 1 any prediction beyond all values would be perfect.
  above: 0,
  below: 1,
  default: 0.5,
  words: 'The quantile that is asked for: the share of rows whose truth should be below the prediction.',
}

/** Too low costs alpha a unit, too high 1 − alpha. */
export const pinballLoss = (t: number, p: number, alpha: number): number =>
  t >= p ? alpha * (t - p) : (1 - alpha) * (p - t)

export const pinball: Metric = {
  ...regression,
  id: 'pinball',
  title: 'Pinball (quantile) loss',
  words: 'The loss whose best prediction is the quantile alpha. Lower is better.',
  formula: 'mean of alpha·(truth − prediction) where that is positive, else (1 − alpha)·(prediction − truth)',
  source: sklearn('mean_pinball_loss'),
  params: { ...regression.params, alpha: ALPHA },
  prepare: meanLoss((t, p, { alpha }) => pinballLoss(t, p, alpha!)),
}
