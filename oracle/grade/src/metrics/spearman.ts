/** Spearman rank correlation; over several columns the mean of theirs. Maximize, −1 to 1. SciPy `spearmanr`. */

import { meanRanks } from '../arithmetic/argsort.ts'
import type { Metric } from './metric.ts'
import { correlation } from './pearson.ts'
import { variationOf } from './r2.ts'
import { ofColumn, regression } from './regression.ts'

export const spearman: Metric = {
  ...regression,
  id: 'spearman',
  title: 'Spearman rank correlation',
  words: 'How well the order of the predictions follows the order of the truth. Of several columns it is the mean.',
  direction: 'maximize',
  range: [-1, 1],
  best: 1,
  formula: 'Pearson correlation of the ranks; equal values share the mean of their ranks',
  source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.spearmanr.html',
  weights: false,
  prepare: ofColumn(
    (truth) => {
      variationOf(meanRanks(truth), undefined, 'spearman')
      return meanRanks(truth)
    },
    ({ predicted }, ranks) => correlation(ranks, meanRanks(predicted)),
  ),
}
