/** Probabilistic F1: F1 with probabilities in the place of decisions. Maximize, 0 to 1. Yacouby and Axman 2020. */

import { weightedMean } from '../arithmetic/sum.ts'
import type { NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { ofProbabilities } from './common.ts'
import type { Metric } from './metric.ts'
import { checkBothWeighted } from './roc_auc.ts'
import { positiveTrial } from './trials.ts'

export const probabilisticF1: Metric = {
  ...ofProbabilities,
  id: 'probabilistic_f1',
  title: 'Probabilistic F1',
  words: 'F1 of the positive class where a probability counts as that part of a decision.',
  formula: '2·Σp over positive rows ÷ (Σp + positive rows)',
  source: 'Yacouby, Axman: Probabilistic Extension of Precision, Recall, and F1 Score, 2020',
  maxColumns: 1,
  params: { posLabel: { kind: 'label', words: 'The positive class; the greater of the two labels if absent.' } },
  prepare(truth, params) {
    const positive = positives(truth.columns[0]!, params, 'probabilistic_f1')
    checkBothWeighted(positive, truth.weights, 'probabilistic_f1')
    const mean = (term: (i: number) => number): number => weightedMean(positive.length, truth.weights, term)
    const actual = mean((i) => positive[i]!)
    return (predictions) => {
      const { values } = predictions[0] as NumberColumn
      return (2 * mean((i) => (positive[i] === 1 ? values[i]! : 0))) / (mean((i) => values[i]!) + actual)
    }
  },
  trial: positiveTrial,
}
