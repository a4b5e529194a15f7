/** Hamming loss: the share of labels that are wrong. Minimize, 0 to 1. scikit-learn `hamming_loss`. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { type ByteTable, createByteTable, findText } from '../table/bytetable.ts'
import { ofAverages } from './averaged.ts'
import { rightRows } from './classes.ts'
import { sklearn } from './common.ts'
import { listLength, setsOf, sharedItems } from './lists.ts'
import type { Metric } from './metric.ts'

export const hammingLoss: Metric = {
  ...ofAverages,
  id: 'hamming_loss',
  title: 'Hamming loss',
  words: 'The share of labels that are wrong: of all rows, or of all rows and labels where a row has a set of them.',
  direction: 'minimize',
  best: 0,
  formula: 'wrong labels ÷ rows; for sets: labels in exactly one of the two sets ÷ (rows × labels)',
  source: sklearn('hamming_loss'),
  params: { labels: { kind: 'labels', words: 'All labels that there are; needed for lists, and only there.' } },
  prepare(truth, { labels }, columns) {
    const lists = columns[0]!.type === 'list'
    if (lists !== (labels !== undefined))
      throw new GradeError('params_invalid', 'hamming_loss needs labels for lists, and has none for classes.')
    if (!labels) {
      return (predictions) => {
        const right = rightRows(truth, predictions[0]!, false)
        return weightedMean(right.length, truth.weights, (i) => 1 - right[i]!)
      }
    }
    const count = new Set(labels.map(String)).size
    const known = (table: ByteTable) =>
      labels.filter((label, i) => labels.indexOf(label) === i && findText(table, String(label)) >= 0).length ===
      table.size
    const own = createByteTable()
    setsOf(truth.columns[0]!, own)
    if (!known(own)) throw new GradeError('truth_degenerate', 'The truth has labels that labels does not name.')
    return (predictions) => {
      const table = createByteTable()
      const [a, b] = [setsOf(truth.columns[0]!, table), setsOf(predictions[0]!, table)]
      // A label that there is not cannot be right or wrong: the share would have no bound.
      if (!known(table)) return Number.NaN
      const wrong = (i: number): number => listLength(a, i) + listLength(b, i) - 2 * sharedItems(a, i, b, i)
      return weightedMean(a.codes.length, truth.weights, wrong) / count
    }
  },
}
