/** chrF of a corpus. Maximize, 0 to 100. sacrebleu `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no`; Popović 2015. */

import type { LabelColumn } from '../table/columns.ts'
import { createSharedGrams } from './grams.ts'
import type { Metric } from './metric.ts'
import { ofTexts, textsOf } from './texts.ts'
import { charactersOf, withoutSpaces } from './words.ts'

const ORDER = 6
/** Recall counts twice as much as precision. */
const FACTOR = 4

export const chrf: Metric = {
  ...ofTexts,
  id: 'chrf',
  title: 'chrF',
  words:
    'How far runs of one to six characters of all translations together are those of the true ones; from 0 to 100.',
  range: [0, 100],
  best: 100,
  formula:
    '100 · (1 + 4)·P·R ÷ (4·P + R), P and R being the mean precision and recall of 1- to 6-grams of characters without spaces',
  source: 'https://github.com/mjpost/sacrebleu',
  weights: false,
  prepare(truth) {
    const actual = textsOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      const sharedGrams = createSharedGrams<string>(ORDER)
      const [found, ofGuess, ofTruth] = [0, 0, 0].map(() => new Array<number>(ORDER).fill(0))
      for (let i = 0; i < rows; i++) {
        const [a, b] = [charactersOf(withoutSpaces(actual(i))), charactersOf(withoutSpaces(guess(i)))]
        const shared = sharedGrams(a, b)
        for (let n = 1; n <= ORDER; n++) {
          const [inTruth, inGuess] = [Math.max(0, a.length - n + 1), Math.max(0, b.length - n + 1)]
          found![n - 1]! += shared[n - 1]!
          // As in sacrebleu: n-grams do not count against a translation whose reference is too short to have any.
          ofGuess![n - 1]! += inTruth > 0 ? inGuess : 0
          ofTruth![n - 1]! += inTruth
        }
      }
      let [precision, recall, orders] = [0, 0, 0]
      for (let n = 0; n < ORDER; n++) {
        if (ofGuess![n] === 0 || ofTruth![n] === 0) continue
        precision += found![n]! / ofGuess![n]!
        recall += found![n]! / ofTruth![n]!
        orders++
      }
      if (orders === 0 || precision + recall === 0) return 0
      const [p, r] = [precision / orders, recall / orders]
      return (100 * ((1 + FACTOR) * p * r)) / (FACTOR * p + r)
    }
  },
}
