/** Balanced accuracy: recall, averaged over the true classes. Maximize, 0 to 1 (adjusted: 1 ÷ (1 − classes) to 1). scikit-learn `balanced_accuracy_score`. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { ofClasses, sklearn } from './common.ts'
import { countClasses } from './counts.ts'
import type { Metric } from './metric.ts'

export const balancedAccuracy: Metric = {
  ...ofClasses,
  id: 'balanced_accuracy',
  title: 'Balanced accuracy',
  words: 'The share of right rows of each true class, averaged, so that a common class cannot carry the score.',
  range: [-1, 1],
  formula: 'mean over the classes of the truth of TP ÷ (TP + FN); adjusted: (that − 1/classes) ÷ (1 − 1/classes)',
  source: sklearn('balanced_accuracy_score'),
  params: {
    adjusted: {
      kind: 'boolean',
      default: false,
      words: 'Rescale so that a guess scores 0 and a perfect prediction 1.',
    },
  },
  prepare(truth, { adjusted }) {
    const classesOfTruth = countClasses(truth, truth.columns[0]!, false)
    const known = classesOfTruth.present.length
    if (adjusted && known < 2)
      throw new GradeError('truth_degenerate', 'balanced_accuracy, adjusted, needs at least two classes.')
    return (predictions) => {
      const { actual, both, present } = countClasses(truth, predictions[0]!, false)
      const codes = present.filter((code) => actual[code]! > 0)
      const mean = compensatedSum(codes.length, (i) => both[codes[i]!]! / actual[codes[i]!]!) / codes.length
      const chance = 1 / codes.length
      return adjusted ? (mean - chance) / (1 - chance) : mean
    }
  },
}
