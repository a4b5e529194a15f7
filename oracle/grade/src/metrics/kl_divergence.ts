/** Kullback–Leibler divergence from predicted to true distributions. Minimize, from 0. SciPy `rel_entr`. */

import { naturalLog } from '../arithmetic/log.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import { valuesOf } from './classcolumns.ts'
import { ofProbabilities } from './common.ts'
import type { Metric } from './metric.ts'

const EPSILON = 2 ** -52

export const klDivergence: Metric = {
  ...ofProbabilities,
  id: 'kl_divergence',
  title: 'Kullback–Leibler divergence',
  words:
    'How far predicted distributions over classes are from the true ones, such as shares of votes. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean over rows of Σ t · ln(t ÷ p) over columns, p being at least 2^-52 and a term 0 where t is 0',
  source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.special.rel_entr.html',
  truthTypes: ['probability'],
  truthColumns: 'each',
  minColumns: 2,
  prepare: (truth) => (predictions) => {
    const [t, p] = [valuesOf(truth.columns), valuesOf(predictions)]
    return weightedMean(t[0]!.length, truth.weights, (i) => {
      let sum = 0
      for (let k = 0; k < t.length; k++) {
        const share = t[k]![i]!
        // Below the smallest normal number the term is below 10^-305.
        if (share > 1e-300) sum += share * naturalLog(share / Math.max(p[k]![i]!, EPSILON))
      }
      return sum
    })
  },
  trial: (truth, _, shape) => ({
    perfect: (rank) => valuesOf(truth.columns).map((values) => values[rank]!),
    constant: shape.map(() => 1 / shape.length),
  }),
}
