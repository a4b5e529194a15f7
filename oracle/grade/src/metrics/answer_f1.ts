/** F1 of questions with several right answers, or none. Maximize, 0 to 1. TensorFlow 2.0 Question Answering on Kaggle. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'
import { textsOf } from './texts.ts'

export const answerF1: Metric = {
  version: 1,
  family: 'text',
  id: 'answer_f1',
  title: 'F1 of answers',
  words:
    'How well questions are answered of which each has any number of right answers: one of them is enough, and where there is none, nothing should be answered.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    '2·TP ÷ (2·TP + FP + FN); TP: an answer that is a right one; FP: another answer; FN: no answer where there is a right one',
  source: 'https://www.kaggle.com/competitions/tensorflow2-question-answering/overview/evaluation',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: true,
  params: {
    variant: {
      kind: 'choice',
      choices: ['f1', 'accuracy'],
      default: 'f1',
      words: 'accuracy: the share of rows with a right answer, or rightly without one (what MLE-bench computes).',
    },
  },
  prepare(truth, { variant }) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const text = textsOf(truth.columns[0]!)
    const actual = Array.from({ length: rows }, (_, row) => new Set(text(row).split(' ').filter(Boolean)))
    const weight = (row: number): number => (truth.weights ? truth.weights[row]! : 1)
    if (!actual.some(({ size }, row) => size > 0 && weight(row) > 0))
      throw new GradeError('truth_degenerate', 'answer_f1 needs a question with a right answer.')
    return (predictions) => {
      const guess = textsOf(predictions[0]!)
      for (let row = 0; row < rows; row++) if (guess(row).includes(' ')) return Number.NaN
      const weigh = (has: (right: boolean, silent: boolean, answers: number) => boolean): number =>
        compensatedSum(rows, (row) => {
          const [answer, right] = [guess(row), actual[row]!]
          return has(right.has(answer), answer === '', right.size) ? weight(row) : 0
        })
      const right = weigh((is) => is)
      const rightlySilent = weigh((_, silent, answers) => silent && answers === 0)
      const all = weigh(() => true)
      if (variant === 'accuracy') return (right + rightlySilent) / all
      return right === 0 ? 0 : (2 * right) / (2 * right + (all - right - rightlySilent))
    }
  },
  trial: (truth) => ({
    perfect: (rank) => [textsOf(truth.columns[0]!)(rank).split(' ')[0]!],
    constant: [''],
  }),
}
