/** Matthews correlation coefficient, for any number of classes. Maximize, −1 to 1. scikit-learn `matthews_corrcoef`; Gorodkin 2004. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { ofClasses, sklearn } from './common.ts'
import { countClasses } from './counts.ts'
import type { Metric } from './metric.ts'

export const mcc: Metric = {
  ...ofClasses,
  id: 'mcc',
  title: 'Matthews correlation coefficient',
  words: 'Correlation between true and predicted classes; 0 is a guess, also where classes are of unequal size.',
  range: [-1, 1],
  formula:
    '(c·s − Σ t·p) ÷ √((s² − Σ p²)·(s² − Σ t²)), with s rows, c right rows, and of each class t true and p predicted rows; 0 where the divisor is 0',
  source: sklearn('matthews_corrcoef'),
  prepare: (truth) => (predictions) => {
    const { actual, predicted, both, present } = countClasses(truth, predictions[0]!, false)
    const sum = (term: (code: number) => number): number => compensatedSum(present.length, (i) => term(present[i]!))
    const rows = sum((code) => actual[code]!)
    const right = sum((code) => both[code]!)
    const covariance = right * rows - sum((code) => actual[code]! * predicted[code]!)
    const ofTruth = rows * rows - sum((code) => actual[code]! * actual[code]!)
    const ofPrediction = rows * rows - sum((code) => predicted[code]! * predicted[code]!)
    // One class alone leaves exactly nothing; sums of weights may leave a rounding.
    const several = (of: Float64Array): boolean => present.filter((code) => of[code]! > 0).length > 1
    if (!several(actual) || !several(predicted)) return 0
    const product = ofTruth * ofPrediction
    return product > 0 ? covariance / Math.sqrt(product) : 0
  },
}
