/** Laplace log likelihood of a value and its uncertainty. Maximize. */

import { naturalLog } from '../arithmetic/log.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import type { Metric } from './metric.ts'
import { numbers, regression } from './regression.ts'

export const laplaceLogLikelihood: Metric = {
  ...regression,
  id: 'laplace_log_likelihood',
  title: 'Laplace log likelihood',
  words: 'How likely the truth is under a predicted value (first column) and its standard deviation (second column).',
  direction: 'maximize',
  range: [null, 0],
  best: 0,
  formula: 'mean of −√2·min(|truth − value|, error_max) ÷ σ − ln(√2·σ), σ being max(deviation, sigma_min)',
  source: 'https://www.kaggle.com/competitions/osic-pulmonary-fibrosis-progression/overview/evaluation',
  truthColumns: 'one',
  minColumns: 2,
  maxColumns: 2,
  params: {
    sigma_min: { kind: 'number', min: 1, default: 70, words: 'The least deviation that counts.' },
    error_max: { kind: 'number', above: 0, default: 1000, words: 'The largest error that counts.' },
  },
  prepare:
    (truth, { sigma_min, error_max }) =>
    (predictions) => {
      const t = numbers(truth.columns[0]!)
      const [values, deviations] = [numbers(predictions[0]!), numbers(predictions[1]!)]
      return weightedMean(t.length, truth.weights, (i) => {
        const sigma = Math.max(deviations[i]!, sigma_min!)
        const error = Math.min(Math.abs(t[i]! - values[i]!), error_max!)
        return -(Math.SQRT2 * error) / sigma - naturalLog(Math.SQRT2 * sigma)
      })
    },
  trial(truth, { sigma_min }) {
    const t = numbers(truth.columns[0]!)
    const mean = t.reduce((sum, value) => sum + value / t.length, 0)
    return { perfect: (rank) => [t[rank]!, sigma_min!], constant: [mean, sigma_min!] }
  },
}
