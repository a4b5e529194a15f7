/** Pages of the metrics of numbers. */

import { type FamilyPages, lines } from './page.ts'

const truth = lines('t', 1, 2, 3, 6)
const submission = lines('p', 1, 3, 3, 4)
const OVERFLOW = {
  when: 'an error whose square is beyond float64',
  truth,
  submission: lines('p', '1e200', 3, 3, 4),
  code: 'score_undefined',
} as const
const EQUAL = {
  when: 'all values of the truth are equal',
  truth: lines('t', 2, 2, 2),
  submission: lines('p', 1, 2, 3),
  code: 'truth_degenerate',
} as const

export const regression: FamilyPages = {
  rmse: {
    example: { truth, submission, score: Math.sqrt(5 / 4), because: 'Errors 0, 1, 0, 2: √(5 ÷ 4).' },
    failures: [OVERFLOW],
    traps: ['One row with a huge error decides the score: bound the column with min and max.'],
  },
  mse: {
    example: { truth, submission, score: 5 / 4, because: 'Errors 0, 1, 0, 2: (1 + 4) ÷ 4.' },
    failures: [OVERFLOW],
  },
  mae: {
    example: { truth, submission, score: 3 / 4, because: 'Errors 0, 1, 0, 2: 3 ÷ 4.' },
    failures: [
      {
        when: 'a score beyond the range of posted scores',
        truth,
        submission: lines('p', '1e13', 3, 3, 4),
        code: 'score_out_of_range',
      },
    ],
    traps: ['The best constant is the median, not the mean.'],
  },
  r2: {
    example: { truth, submission, score: 1 - 5 / 14, because: 'The mean of the truth is 3: 1 − 5 ÷ (4 + 1 + 0 + 9).' },
    failures: [
      EQUAL,
      { when: 'the truth has one row', truth: lines('t', 1), submission: lines('p', 1), code: 'truth_degenerate' },
    ],
    traps: ['It has no lower bound: a wild prediction scores far below 0.'],
  },
}
