/** Normalized and adjusted mutual information of clusters. scikit-learn `normalized_mutual_info_score`, `adjusted_mutual_info_score`; Vinh, Epps and Bailey 2010. */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { logFactorial } from '../arithmetic/powers.ts'
import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { ofClusters, scoredBy } from './clusters.ts'
import { sklearn } from './common.ts'
import { type Contingency, contingencyOf, entropy, mutualInformation } from './contingency.ts'
import type { Metric, MetricParams, MetricTruth } from './metric.ts'
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
  prepare(truth, params) {
    checkSizes(truth)
    return scoredBy(adjusted)(truth, params, [])
  },
}

function adjusted(table: Contingency, params: MetricParams): number {
  if (same(table)) return 1
  const { truth, predicted, rows } = table
  if (truth.length === 1 || predicted.length === 1) return 0
  // Where each row is a cluster of its own the information is its expectation, exactly; what rounding leaves of both could be any ratio.
  if (truth.length === rows || predicted.length === rows) return 0
  const expected = expectedInformation(table)
  const mean = generalMean(entropy(truth, rows), entropy(predicted, rows), params.average_method!)
  const rest = mean - expected
  const least = 2 ** -52
  return (mutualInformation(table) - expected) / (rest < 0 ? Math.min(rest, -least) : Math.max(rest, least))
}

/** Pairs of a true and a predicted size of clusters: of so many the expectation takes some ten seconds, in the worst of files. */
const MAX_SIZE_PAIRS = 1_000_000

/**
 * The cost of the expectation depends on how many sizes clusters have. Of n rows no submission has clusters of more than √(2n) sizes, so that
 * what any of them can cost is decided by the truth. Throws `truth_degenerate`.
 */
function checkSizes({ columns: [column] }: MetricTruth): void {
  const { truth, rows } = contingencyOf(column!, column!)
  const most = Math.floor(MAX_SIZE_PAIRS / Math.sqrt(2 * rows))
  if (bySize(truth).length > most)
    throw new GradeError(
      'truth_degenerate',
      `adjusted_mutual_info takes clusters of up to ${most} different sizes where ${rows} rows are graded.`,
    )
}

/** The mean of the mutual information over all ways to give the rows to clusters of these sizes. Clusters of equal size are counted together. */
function expectedInformation({ rows, truth, predicted }: Contingency): number {
  const [a, b] = [bySize(truth), bySize(predicted)]
  const parts: number[] = []
  for (const [ai, timesA] of a) {
    for (const [bj, timesB] of b) {
      const constant =
        logFactorial(ai) + logFactorial(bj) + logFactorial(rows - ai) + logFactorial(rows - bj) - logFactorial(rows)
      /** The logarithm of the chance that the two share n rows. */
      const logChance = (n: number): number =>
        constant - logFactorial(n) - logFactorial(ai - n) - logFactorial(bj - n) - logFactorial(rows - ai - bj + n)
      const [first, last] = likely(ai, bj, rows, logChance)
      const sum = compensatedSum(last - first + 1, (k) => {
        const n = first + k
        return (n / rows) * naturalLog((rows * n) / (ai * bj)) * exponential(logChance(n))
      })
      parts.push(timesA * timesB * sum)
    }
  }
  return compensatedSum(parts.length, (i) => parts[i]!)
}

/** The logarithm of a chance so small that no sum of such chances changes a digit of a score. */
const NEGLIGIBLE = -80

/** The first and last number of shared rows, from 1 on, whose chance counts. Chances fall on both sides of the most likely number. */
function likely(ai: number, bj: number, rows: number, logChance: (n: number) => number): [number, number] {
  const [first, last] = [Math.max(1, ai + bj - rows), Math.min(ai, bj)]
  const middle = Math.min(last, Math.max(first, Math.floor(((ai + 1) * (bj + 1)) / (rows + 2))))
  /** The number next to `far` that counts, on the way from `middle`, which does. */
  const edge = (far: number): number => {
    if (logChance(far) >= NEGLIGIBLE) return far
    let [counts, not] = [middle, far]
    while (Math.abs(counts - not) > 1) {
      const between = Math.floor((counts + not) / 2)
      if (logChance(between) >= NEGLIGIBLE) counts = between
      else not = between
    }
    return counts
  }
  return [edge(first), edge(last)]
}

/** Sizes in ascending order, each with how many clusters have it. */
function bySize(sizes: readonly number[]): [number, number][] {
  const times = new Map<number, number>()
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1)
  return [...times].sort((x, y) => x[0] - y[0])
}
