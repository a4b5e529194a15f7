/** Character error rate. Minimize, from 0. jiwer `cer`. */

import { editDistance } from './editdistance.ts'
import type { Metric } from './metric.ts'
import { errorsByLength, ofTexts } from './texts.ts'
import { charactersOf, trimmed } from './words.ts'

export const cer: Metric = {
  ...ofTexts,
  id: 'cer',
  title: 'Character error rate',
  words: 'How many characters must be replaced, added or removed, by the characters of the truth. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula: 'Σ over rows of edits of code points, spaces at the ends left out ÷ Σ true code points',
  source: 'https://jitsi.github.io/jiwer/',
  itemsOf: charactersOf,
  prepare: errorsByLength('cer', (text) => charactersOf(trimmed(text)), editDistance),
}
