/** Normalized and adjusted mutual information of clusters. scikit-learn `normalized_mutual_info_score`, `adjusted_mutual_info_score`; Vinh, Epps and Bailey 2010. */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { logFactorial } from '../arithmetic/powers.ts'
import { compensatedSum } from '../arithmetic/sum.ts'
import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { type Contingency, entropy, mutualInformation } from './contingency.ts'
import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'

const AVERAGE_METHOD: ParamSpec = {
  kind: 'choice',
  choices: ['arithmetic', 'geometric', 'min', 'max'],
  default: 'arithmetic',
  words: 'Which mean of the two entropies it is divided by.',
}

function generalMean(a: number, b: number, method: string): number {
  if (method === 'min') return Math.min(a, b)
  if (method === 'max') return Math.max(a, b)
  return method === 'geometric' ? Math.sqrt(a * b) : (a + b) / 2
}

/** Equal up to names of clusters. */
const same = ({ pairs, truth, predicted }: Contingency): boolean =>
  pairs.length === truth.length && pairs.length === predicted.length

export const normalizedMutualInfo: Metric = {
  ...ofClusters,
  id: 'normalized_mutual_info',
  title: 'Normalized mutual information',
  words: 'How much truth and prediction say of each other, as a share of all that could be said.',
  formula: 'mutual information ÷ mean of the entropies of truth and prediction',
  source: sklearn('normalized_mutual_info_score'),
  params: { average_method: AVERAGE_METHOD },
  prepare: scoredBy((table, params) => {
    if (same(table)) return 1
    const information = mutualInformation(table)
    if (table.truth.length === 1 || table.predicted.length === 1) return 0
    return (
      information /
      generalMean(entropy(table.truth, table.rows), entropy(table.predicted, table.rows), params.average_method!)
    )
  }),
}

export const adjustedMutualInfo: Metric = {
  ...ofClusters,
  id: 'adjusted_mutual_info',
  title: 'Adjusted mutual information',
  words: 'How much truth and prediction say of each other beyond chance: 1 is perfect, 0 a guess.',
  range: [-1, 1],
  formula: '(mutual information − its expectation) ÷ (mean of the entropies − the expectation)',
  source: sklearn('adjusted_mutual_info_score'),
  params: { average_method: AVERAGE_METHOD },
  prepare: scoredBy((table, params) => {
    if (same(table)) return 1
    if (table.truth.length === 1 || table.predicted.length === 1) return 0
    const expected = expectedInformation(table)
    const mean = generalMean(
      entropy(table.truth, table.rows),
      entropy(table.predicted, table.rows),
      params.average_method!,
    )
    const rest = mean - expected
    const least = 2 ** -52
    return (mutualInformation(table) - expected) / (rest < 0 ? Math.min(rest, -least) : Math.max(rest, least))
  }),
}

/** The mean of the mutual information over all ways to give the rows to clusters of these sizes. Clusters of equal size are counted together. */
function expectedInformation({ rows, truth, predicted }: Contingency): number {
  const [a, b] = [bySize(truth), bySize(predicted)]
  const parts: number[] = []
  for (const [ai, timesA] of a) {
    for (const [bj, timesB] of b) {
      const constant =
        logFactorial(ai) + logFactorial(bj) + logFactorial(rows - ai) + logFactorial(rows - bj) - logFactorial(rows)
      const first = Math.max(1, ai + bj - rows)
      const sum = compensatedSum(Math.min(ai, bj) - first + 1, (k) => {
        const n = first + k
        const chance = exponential(
          constant - logFactorial(n) - logFactorial(ai - n) - logFactorial(bj - n) - logFactorial(rows - ai - bj + n),
        )
        return (n / rows) * naturalLog((rows * n) / (ai * bj)) * chance
      })
      parts.push(timesA * timesB * sum)
    }
  }
  return compensatedSum(parts.length, (i) => parts[i]!)
}

/** Sizes in ascending order, each with how many clusters have it. */
function bySize(sizes: readonly number[]): [number, number][] {
  const times = new Map<number, number>()
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1)
  return [...times].sort((x, y) => x[0] - y[0])
}
