/** Normalized Gini coefficient of a two-class truth. Maximize, −1 to 1. 2·ROC AUC − 1. */

import type { NumberColumn } from '../table/columns.ts'
import { areaUnderRoc } from './auc.ts'
import { positives } from './binary.ts'
import { ofScores, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { checkBothWeighted } from './roc_auc.ts'
import { positiveTrial } from './trials.ts'

export const normalizedGini: Metric = {
  ...ofScores,
  id: 'normalized_gini',
  title: 'Normalized Gini coefficient',
  words: 'How well scores separate two classes: 1 is perfect, 0 a guess, −1 reversed.',
  range: [-1, 1],
  formula: '2 · ROC AUC − 1',
  source: sklearn('roc_auc_score'),
  params: { posLabel: { kind: 'label', words: 'The positive class; the greater of the two labels if absent.' } },
  prepare(truth, params) {
    const positive = positives(truth.columns[0]!, params, 'normalized_gini')
    checkBothWeighted(positive, truth.weights, 'normalized_gini')
    return (predictions) => 2 * areaUnderRoc((predictions[0] as NumberColumn).values, positive, truth.weights) - 1
  },
  trial: positiveTrial,
}
