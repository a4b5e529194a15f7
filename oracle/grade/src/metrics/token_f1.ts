/** F1 of the words of a text. Maximize, 0 to 1. The script of SQuAD. */

import { formOf, VARIANT } from './exact_match.ts'
import type { Metric } from './metric.ts'
import { countGrams, f1Of, meanOfTexts, ofTexts, sharedGrams } from './texts.ts'
import { wordsOf } from './words.ts'

export const tokenF1: Metric = {
  ...ofTexts,
  id: 'token_f1',
  title: 'F1 of words',
  words: 'How far the words of each text are those of the true one, in any order; the mean over rows.',
  formula: 'mean of 2·shared words ÷ (true words + predicted words); 1 where both have none',
  source: 'https://github.com/rajpurkar/SQuAD-explorer/blob/master/evaluate-v2.0.py',
  params: { variant: VARIANT },
  prepare: meanOfTexts((truth, predicted, { variant }) => {
    const [a, b] = [wordsOf(formOf(truth, variant)), wordsOf(formOf(predicted, variant))]
    if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
    return f1Of(sharedGrams(countGrams(a, 1), countGrams(b, 1)), a.length, b.length)
  }),
}
