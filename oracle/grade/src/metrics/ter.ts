/** Translation edit rate of a corpus. Minimize, from 0, in percent. sacrebleu `nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no`; Snover 2006. */

import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'
import { shiftedEdits } from './shiftedits.ts'
import { ofTexts, textsOf } from './texts.ts'
import { lowerAscii, wordsOf } from './words.ts'

const tokens = (text: string): string[] => wordsOf(lowerAscii(text))

/** What a word can cost: a thousand shifts are tried, each compared in a band of fifty words. */
const WORK_OF_WORD = 50_000

export const ter: Metric = {
  ...ofTexts,
  id: 'ter',
  title: 'Translation edit rate',
  words:
    'How many words must be replaced, added, removed or, several at once, moved, by the words of the truth; in percent. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: '100 · Σ over rows of edits and shifts of words ÷ Σ true words; only A to Z lose their case',
  source: 'https://github.com/mjpost/sacrebleu',
  weights: false,
  // The product of two of these is the work of a row whose texts are about equally long.
  itemsOf: (text) => ({ length: Math.ceil(Math.sqrt(WORK_OF_WORD * tokens(text).length)) }),
  prepare(truth) {
    const actual = textsOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    let length = 0
    for (let i = 0; i < rows; i++) length += tokens(actual(i)).length
    if (length === 0) throw new GradeError('truth_degenerate', 'ter needs a truth with text.')
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      let edits = 0
      for (let i = 0; i < rows; i++) edits += shiftedEdits(tokens(guess(i)), tokens(actual(i)))
      return (100 * edits) / length
    }
  },
}
