/** Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half. */

import { GradeError } from '../errors.ts'
import type { NumberColumn } from '../table/columns.ts'
import { areaUnderRoc } from './auc.ts'
import { positives } from './binary.ts'
import { meanOfColumns, ofScores, sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import { positiveTrial } from './trials.ts'

export const rocAuc: Metric = {
  ...ofScores,
  id: 'roc_auc',
  title: 'Area under the ROC curve',
  words:
    'How often a random positive row is ranked above a random negative one. With several columns, each a label of its own, their mean.',
  formula: '(pairs of a positive and a negative row in the right order + ½ · tied pairs) ÷ pairs',
  source: sklearn('roc_auc_score'),
  truthColumns: 'each',
  maxColumns: 1000,
  params: {
    posLabel: { kind: 'label', words: 'The positive class; the greater of the two labels if absent.' },
    max_fpr: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 1,
      words:
        'Only the part of the curve up to this false positive rate, rescaled so that 0.5 is a guess and 1 perfect.',
    },
  },
  prepare(truth, params) {
    const { weights } = truth
    return meanOfColumns(truth, (column) => {
      const positive = positives(column, params, 'roc_auc')
      checkBothWeighted(positive, weights, 'roc_auc')
      return (predicted) => areaUnderRoc((predicted as NumberColumn).values, positive, weights, params.max_fpr)
    })
  },
  trial: positiveTrial,
}

/** Throws `truth_degenerate` where weights leave only one class. */
export function checkBothWeighted(positive: Uint8Array, weights: Float64Array | undefined, metric: string): void {
  if (!weights) return
  const seen = [false, false]
  for (let i = 0; i < positive.length; i++) if (weights[i]! > 0) seen[positive[i]!] = true
  if (!seen[0] || !seen[1])
    throw new GradeError('truth_degenerate', `${metric} needs rows with a weight above 0 of both classes.`)
}
