/** Mean Levenshtein distance of texts. Minimize, from 0. Levenshtein 1966. */

import { editDistance } from './editdistance.ts'
import type { Metric } from './metric.ts'
import { meanOfTexts, ofTexts } from './texts.ts'
import { charactersOf } from './words.ts'

export const levenshtein: Metric = {
  ...ofTexts,
  id: 'levenshtein',
  title: 'Mean Levenshtein distance',
  words: 'The mean number of characters to replace, add or remove. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'mean of the edits of code points; relative: each by the length of the longer text, 0 for two empty ones',
  source: 'Levenshtein: Binary Codes Capable of Correcting Deletions, Insertions, and Reversals, 1966',
  itemsOf: charactersOf,
  params: {
    relative: { kind: 'boolean', default: false, words: 'Divide each distance by the length of the longer text.' },
  },
  prepare: meanOfTexts((truth, predicted, { relative }) => {
    const [a, b] = [charactersOf(truth), charactersOf(predicted)]
    const distance = editDistance(a, b)
    return relative ? distance / Math.max(1, a.length, b.length) : distance
  }),
}
