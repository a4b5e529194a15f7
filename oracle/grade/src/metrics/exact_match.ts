/** Exact match of texts. Maximize, 0 to 1. The script of SQuAD. */

import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'
import { meanOfTexts, ofTexts } from './texts.ts'
import { squadForm } from './words.ts'

export const VARIANT: ParamSpec = {
  kind: 'choice',
  choices: ['plain', 'squad'],
  default: 'squad',
  words: 'squad: compare without case (of A to Z), ASCII punctuation, the articles a, an and the, and repeated spaces.',
}
const SQUAD = 'https://github.com/rajpurkar/SQuAD-explorer/blob/master/evaluate-v2.0.py'

export const formOf = (text: string, variant: string | undefined): string =>
  variant === 'squad' ? squadForm(text) : text

export const exactMatch: Metric = {
  ...ofTexts,
  id: 'exact_match',
  title: 'Exact match',
  words: 'The share of rows whose text is the true one.',
  formula: 'rows with an equal text ÷ rows',
  source: SQUAD,
  params: { variant: VARIANT },
  prepare: meanOfTexts((t, p, { variant }) => (formOf(t, variant) === formOf(p, variant) ? 1 : 0)),
}
