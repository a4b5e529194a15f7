/** Log loss of several independent labels, averaged over columns. Minimize, from 0. scikit-learn `log_loss` of each column. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { meanOfColumns, ofProbabilities, sklearn } from './common.ts'
import { surprise } from './log_loss.ts'
import type { Metric } from './metric.ts'
import { positiveTrial } from './trials.ts'

export const meanColumnwiseLogLoss: Metric = {
  ...ofProbabilities,
  id: 'mean_columnwise_log_loss',
  title: 'Mean column-wise log loss',
  words: 'Log loss of each label by itself, averaged over labels, which a row may have any number of. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean over columns, or by multioutput, of the mean of −ln p of what is true (label or not)',
  source: sklearn('log_loss'),
  truthColumns: 'each',
  independent: true,
  params: {
    posLabel: { kind: 'label', words: 'What says that a row has the label; the greater of the two if absent.' },
    multioutput: { kind: 'numbers', min: 0, words: 'How much each column counts; alike if absent.' },
  },
  prepare(truth, params) {
    const shares = params.multioutput
    if (shares && (shares.length !== truth.columns.length || !shares.some((share) => share > 0)))
      throw new GradeError('params_invalid', 'multioutput has a number for each column, at least one of them above 0.')
    return meanOfColumns(
      truth,
      (column) => {
        const positive = positives(column, params, 'mean_columnwise_log_loss')
        return (predicted) => {
          const { values } = predicted as NumberColumn
          return weightedMean(values.length, truth.weights, (i) =>
            surprise(positive[i] === 1 ? values[i]! : 1 - values[i]!),
          )
        }
      },
      shares,
    )
  },
  trial: positiveTrial,
}
