/** BLEU of a corpus. Maximize, 0 to 100. sacrebleu `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp`; Papineni 2002, Post 2018. */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import type { LabelColumn } from '../table/columns.ts'
import { createSharedGrams } from './grams.ts'
import type { Metric } from './metric.ts'
import { ofTexts, textsOf } from './texts.ts'
import { wordsOf } from './words.ts'

const ORDER = 4

/** The tokens of mteval-v13a: punctuation apart, but points and commas between digits. */
export function tokens13a(text: string): string[] {
  const plain = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ')
  const decoded = plain.includes('&')
    ? plain.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    : plain
  const apart = ` ${decoded} `
    .replace(/([{-~[-` -&(-+:-@/])/gu, ' $1 ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ')
  return wordsOf(apart)
}

export const bleu: Metric = {
  ...ofTexts,
  id: 'bleu',
  title: 'BLEU',
  words: 'How far runs of one to four words of all translations together are in the true ones; from 0 to 100.',
  range: [0, 100],
  best: 100,
  formula:
    '100 · brevity penalty · geometric mean of the precisions of 1- to 4-grams over the corpus (tokenizer 13a, exponential smoothing)',
  source: 'https://github.com/mjpost/sacrebleu',
  weights: false,
  prepare(truth) {
    const actual = textsOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      const sharedGrams = createSharedGrams<string>(ORDER)
      const right = new Array<number>(ORDER).fill(0)
      const all = new Array<number>(ORDER).fill(0)
      let [lengthTrue, lengthGuess] = [0, 0]
      for (let i = 0; i < rows; i++) {
        const [a, b] = [tokens13a(actual(i)), tokens13a(guess(i))]
        lengthTrue += a.length
        lengthGuess += b.length
        const shared = sharedGrams(a, b)
        for (let n = 1; n <= ORDER; n++) {
          right[n - 1]! += shared[n - 1]!
          all[n - 1]! += Math.max(0, b.length - n + 1)
        }
      }
      if (right.every((count) => count === 0) || all.some((count) => count === 0)) return 0
      // Each precision of 0 in turn counts as half of the one before it.
      let smooth = 1
      let logs = 0
      for (let n = 0; n < ORDER; n++) {
        if (right[n] === 0) smooth *= 2
        logs += naturalLog(right[n] === 0 ? 1 / (smooth * all[n]!) : right[n]! / all[n]!)
      }
      const penalty = lengthGuess < lengthTrue ? 1 - lengthTrue / lengthGuess : 0
      return 100 * exponential(penalty + logs / ORDER)
    }
  },
}
