/** ROUGE-1, ROUGE-2 and ROUGE-L: shared words, pairs of words, and the longest common subsequence. Maximize, 0 to 1. rouge-score (no stemmer); Lin 2004. */

import { commonLength } from './editdistance.ts'
import type { Metric } from './metric.ts'
import { countGrams, f1Of, meanOfTexts, ofTexts, sharedGrams } from './texts.ts'
import { lowerAscii } from './words.ts'

/** Runs of a to z and digits, without case, as rouge-score has them. Two letters beyond ASCII have a lower case in it: İ, with a dot that ends a run, and the sign of kelvins. */
const tokensOf = (text: string): string[] =>
  lowerAscii(text.replaceAll('\u0130', 'i\u0307').replaceAll('\u212a', 'k'))
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '')

const common = { ...ofTexts, source: 'https://github.com/google-research/google-research/tree/master/rouge' } as const

const rougeN = (n: number): Metric['prepare'] =>
  meanOfTexts((truth, predicted) => {
    const [a, b] = [tokensOf(truth), tokensOf(predicted)]
    const [ofA, ofB] = [Math.max(0, a.length - n + 1), Math.max(0, b.length - n + 1)]
    return f1Of(sharedGrams(countGrams(a, n), countGrams(b, n)), ofA, ofB)
  })

export const rouge1: Metric = {
  ...common,
  id: 'rouge1',
  title: 'ROUGE-1',
  words: 'How far the words of a summary are those of the true one; the mean over rows.',
  formula: 'mean of F1 of words (a to z and digits, without case)',
  prepare: rougeN(1),
}

export const rouge2: Metric = {
  ...common,
  id: 'rouge2',
  title: 'ROUGE-2',
  words: 'How far the pairs of neighboring words of a summary are those of the true one; the mean over rows.',
  formula: 'mean of F1 of pairs of words (a to z and digits, without case)',
  prepare: rougeN(2),
}

export const rougeL: Metric = {
  ...common,
  id: 'rouge_l',
  title: 'ROUGE-L',
  words: 'How long a sequence of words a summary shares with the true one, gaps allowed; the mean over rows.',
  formula: 'mean of 2·longest common subsequence ÷ (true words + predicted words)',
  itemsOf: tokensOf,
  prepare: meanOfTexts((truth, predicted) => {
    const [a, b] = [tokensOf(truth), tokensOf(predicted)]
    return f1Of(commonLength(a, b), a.length, b.length)
  }),
}
