/** F1, the harmonic mean of precision and recall, averaged over classes in the four ways of scikit-learn. */

import { averaging, LABELS, ofAverages, POS_LABEL } from './averaged.ts'
import { ofClasses, sklearn } from './common.ts'
import type { Ratio } from './counts.ts'
import type { Metric } from './metric.ts'

/** 2·TP ÷ (2·TP + FP + FN), 0 where there is neither truth nor prediction. */
const f1: Ratio = (both, predicted, actual) => (2 * both) / (actual + predicted)

const common = { source: sklearn('f1_score'), ...ofAverages, params: { labels: LABELS } } as const

export const f1Macro: Metric = {
  ...common,
  id: 'f1_macro',
  title: 'F1, macro average',
  words: 'F1 of each class, averaged with equal weight, so that rare classes count as much as common ones.',
  formula:
    'mean over classes of 2·TP ÷ (2·TP + FP + FN); the classes are those in truth or prediction, unless labels names them',
  prepare: averaging(() => f1, { average: 'macro' }),
}

export const f1Micro: Metric = {
  ...common,
  id: 'f1_micro',
  title: 'F1, micro average',
  words: 'One F1 over the counts of all classes together.',
  formula: '2·ΣTP ÷ (2·ΣTP + ΣFP + ΣFN), summed over classes',
  prepare: averaging(() => f1, { average: 'micro' }),
}

export const f1Weighted: Metric = {
  ...common,
  id: 'f1_weighted',
  title: 'F1, weighted average',
  words: 'F1 of each class, weighted by how many true rows it has.',
  formula: 'mean over classes of 2·TP ÷ (2·TP + FP + FN), each weighted by its rows in the truth',
  prepare: averaging(() => f1, { average: 'weighted' }),
}

export const f1Binary: Metric = {
  ...ofClasses,
  id: 'f1_binary',
  title: 'F1 of one class',
  words: 'F1 of the positive class.',
  formula: '2·TP ÷ (2·TP + FP + FN) of the class posLabel (default 1)',
  source: sklearn('f1_score'),
  params: { posLabel: POS_LABEL },
  prepare: averaging(() => f1, { average: 'binary' }),
}
