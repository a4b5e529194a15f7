/** Pages of the metrics of several labels a row. */

import { type FamilyPages, lines } from './page.ts'

const three = {
  columns: ['a', 'b', 'c'].map((name) => ({ name, type: 'number' as const })),
  truth: ['id,a,b,c', '1,1,0,0', '2,0,1,1'],
  submission: ['id,a,b,c', '1,0.5,0.9,0.1', '2,0.2,0.8,0.1'],
}
const NOT_BINARY = {
  when: 'the truth has a value other than 0 and 1',
  ...three,
  truth: ['id,a,b,c', '1,2,0,0', '2,0,1,1'],
  code: 'truth_degenerate',
} as const

export const multilabel: FamilyPages = {
  f1_samples: {
    example: {
      truth: lines('t', 'red green', 'blue'),
      submission: lines('p', 'green', 'blue red'),
      score: 2 / 3,
      because: 'Each row has one label right, of 2 true and 1 predicted or the reverse: 2 ÷ 3 twice.',
    },
    failures: [
      {
        when: 'labels separated by commas or two spaces',
        truth: lines('t', 'red green', 'blue'),
        submission: lines('p', 'green  red', 'blue'),
        code: 'bad_list',
      },
    ],
    traps: [
      'A row without labels in truth and prediction counts 0, as in scikit-learn: give such rows a label of their own.',
    ],
  },
  label_ranking_average_precision: {
    example: {
      ...three,
      score: (1 / 2 + (1 + 2 / 3) / 2) / 2,
      because: 'Row 1: a is second, 1 ÷ 2. Row 2: b is first, c third: (1 + 2 ÷ 3) ÷ 2.',
    },
    failures: [NOT_BINARY],
  },
  label_ranking_loss: {
    example: {
      ...three,
      score: (1 / 2 + 1 / 2) / 2,
      because: 'Row 1: b is above a, c is not: 1 ÷ 2. Row 2: a is above c, not above b: 1 ÷ 2.',
    },
    failures: [NOT_BINARY],
  },
  coverage_error: {
    example: { ...three, score: 2.5, because: 'Row 1 needs 2 labels to reach a, row 2 needs 3 to reach c.' },
    failures: [NOT_BINARY],
    traps: ['The best value is not 0: see what a perfect submission scores before you set the threshold.'],
  },
}
