/** Jaccard index of the words of a text. Maximize, 0 to 1. */

import type { Metric } from './metric.ts'
import { meanOfTexts, ofTexts } from './texts.ts'
import { lowerAscii, wordsOf } from './words.ts'

export const wordJaccard: Metric = {
  ...ofTexts,
  id: 'word_jaccard',
  title: 'Jaccard index of words',
  words: 'Of the distinct words of both texts, without case, the share that both have; the mean over rows.',
  formula: 'mean of |shared words| ÷ |words of either|; 1 where both have none',
  source: 'https://www.kaggle.com/competitions/tweet-sentiment-extraction/overview/evaluation',
  prepare: meanOfTexts((truth, predicted) => {
    const [a, b] = [new Set(wordsOf(lowerAscii(truth))), new Set(wordsOf(lowerAscii(predicted)))]
    if (a.size === 0 && b.size === 0) return 1
    let shared = 0
    for (const word of a) if (b.has(word)) shared++
    return shared / (a.size + b.size - shared)
  }),
}
