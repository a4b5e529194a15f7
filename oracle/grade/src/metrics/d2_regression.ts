/** D² of absolute, pinball and Tweedie losses: the share of a constant's loss that is saved. Maximize, up to 1. scikit-learn `d2_*_score`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { sklearn } from './common.ts'
import { checkDeviance, deviance } from './deviance.ts'
import type { Metric } from './metric.ts'
import { ALPHA, pinballLoss } from './pinball.ts'
import { quantile } from './quantile.ts'
import { ofColumn, regression, weightedSum } from './regression.ts'
import { POWER } from './tweedie_deviance.ts'

const common = { ...regression, direction: 'maximize', range: [null, 1], best: 1 } as const

/** Throws `truth_degenerate` where a constant has no loss to save. */
function known(loss: number, metric: string): number {
  if (!(loss > 0 && Number.isFinite(loss)))
    throw new GradeError(
      'truth_degenerate',
      `${metric} needs a truth whose values differ, within the range of float64.`,
    )
  return loss
}

/** Against the quantile `alpha`. */
const againstQuantile = (metric: string, fixed?: number): Metric['prepare'] =>
  ofColumn(
    (truth, weights, params) => {
      const alpha = fixed ?? params.alpha!
      const constant = quantile(truth, alpha, weights)
      return known(
        weightedSum(truth.length, weights, (i) => pinballLoss(truth[i]!, constant, alpha)),
        metric,
      )
    },
    ({ truth, predicted, weights }, loss, params) =>
      1 -
      weightedSum(truth.length, weights, (i) => pinballLoss(truth[i]!, predicted[i]!, fixed ?? params.alpha!)) / loss,
  )

export const d2AbsoluteError: Metric = {
  ...common,
  id: 'd2_absolute_error',
  title: 'D² of the absolute error',
  words: 'The share of the absolute error of the median that is saved: 1 is perfect, 0 no better.',
  formula: '1 − Σ|truth − prediction| ÷ Σ|truth − median of truth|',
  source: sklearn('d2_absolute_error_score'),
  prepare: againstQuantile('d2_absolute_error', 0.5),
}

export const d2Pinball: Metric = {
  ...common,
  id: 'd2_pinball',
  title: 'D² of the pinball loss',
  words: 'The share of the pinball loss of the constant quantile that is saved: 1 is perfect, 0 no better.',
  formula: '1 − pinball loss ÷ pinball loss of the truth’s quantile alpha',
  source: sklearn('d2_pinball_score'),
  params: { ...regression.params, alpha: ALPHA },
  prepare: againstQuantile('d2_pinball'),
}

export const d2Tweedie: Metric = {
  ...common,
  id: 'd2_tweedie',
  title: 'D² of the Tweedie deviance',
  words: 'The share of the deviance of the constant mean that is saved: 1 is perfect, 0 no better.',
  formula: '1 − Tweedie deviance ÷ Tweedie deviance of the truth’s mean',
  source: sklearn('d2_tweedie_score'),
  params: { ...regression.params, power: POWER },
  prepare: ofColumn(
    (truth, weights, { power }) => {
      checkDeviance(truth, power!, 'd2_tweedie')
      const mean = weightedMean(truth.length, weights, (i) => truth[i]!)
      return known(
        weightedMean(truth.length, weights, (i) => deviance(truth[i]!, mean, power!)),
        'd2_tweedie',
      )
    },
    ({ truth, predicted, weights }, loss, { power }) =>
      1 - weightedMean(truth.length, weights, (i) => deviance(truth[i]!, predicted[i]!, power!)) / loss,
  ),
}
