/** Tweedie deviances: of normal, Poisson, gamma and other distributions, by their power. scikit-learn `mean_tweedie_deviance`. */

import { naturalLog } from '../arithmetic/log.ts'
import { power } from '../arithmetic/powers.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { Metric, MetricParams } from './metric.ts'
import { ofColumn } from './regression.ts'

/** Deviance of one row; not a number for a prediction that is not above 0 where it has to be. */
export function deviance(t: number, p: number, exponent: number): number {
  if (exponent === 0) return (t - p) * (t - p)
  // The limit where both are 0, so that a truth is a perfect prediction of itself; scikit-learn refuses it.
  if (t === 0 && p === 0 && exponent >= 1 && exponent < 2) return 0
  if (!(p > 0)) return Number.NaN
  if (exponent === 1) return 2 * ((t === 0 ? 0 : t * naturalLog(t / p)) - t + p)
  if (exponent === 2) return 2 * (naturalLog(p / t) + t / p - 1)
  const [one, two] = [1 - exponent, 2 - exponent]
  const ofTruth = t > 0 ? power(t, two) / (one * two) : 0
  return 2 * (ofTruth - (t * power(p, one)) / one + power(p, two) / two)
}

/** Throws `params_invalid` for a power between 0 and 1, `truth_degenerate` for values that the distribution does not have. */
export function checkDeviance(truth: Float64Array, exponent: number, metric: string): void {
  if (exponent > 0 && exponent < 1)
    throw new GradeError('params_invalid', 'power is at most 0 or at least 1: no distribution lies between.')
  if (exponent >= 1 && exponent < 2 && truth.some((value) => value < 0))
    throw new GradeError('truth_degenerate', `${metric} with this power needs a truth of at least 0 in each row.`)
  if (exponent >= 2 && truth.some((value) => value <= 0))
    throw new GradeError('truth_degenerate', `${metric} with this power needs a truth above 0 in each row.`)
}

export const meanDeviance = (metric: string, fixed?: number): Metric['prepare'] => {
  const powerOf = (params: MetricParams): number => fixed ?? params.power!
  return ofColumn(
    (truth, _, params) => checkDeviance(truth, powerOf(params), metric),
    ({ truth, predicted, weights }, _, params) =>
      weightedMean(truth.length, weights, (i) => deviance(truth[i]!, predicted[i]!, powerOf(params))),
  )
}
