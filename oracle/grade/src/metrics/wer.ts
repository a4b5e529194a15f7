/** Word error rate. Minimize, from 0. jiwer `wer`. */

import { editDistance } from './editdistance.ts'
import type { Metric } from './metric.ts'
import { errorsByLength, ofTexts } from './texts.ts'
import { wordsOf } from './words.ts'

export const wer: Metric = {
  ...ofTexts,
  id: 'wer',
  title: 'Word error rate',
  words: 'How many words must be replaced, added or removed, by the words of the truth. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'Σ over rows of edits of words ÷ Σ true words',
  source: 'https://jitsi.github.io/jiwer/',
  itemsOf: wordsOf,
  prepare: errorsByLength('wer', wordsOf, editDistance),
}
