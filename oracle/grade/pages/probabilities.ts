/** Pages of the metrics of probabilities and scores of classes. */

import { type FamilyPages, lines } from './page.ts'

const truth = lines('t', 1, 0, 1, 0)
const submission = lines('p', 0.9, 0.6, 0.5, 0.1)
const one = { columns: [{ name: 'p', type: 'number' as const }], truth }
const ONE_CLASS = {
  when: 'the truth has one class',
  columns: one.columns,
  truth: lines('t', 1, 1, 1, 1),
  submission,
  code: 'truth_degenerate',
} as const

export const probabilities: FamilyPages = {
  roc_auc: {
    example: {
      ...one,
      submission,
      score: 3 / 4,
      because: 'Of 4 pairs of a positive and a negative row 3 are in order; 0.5 is below 0.6.',
    },
    failures: [
      ONE_CLASS,
      {
        when: 'posLabel names a class that the truth does not have',
        ...one,
        params: { posLabel: 'yes' },
        submission,
        code: 'params_invalid',
      },
    ],
    traps: ['Only the order counts: probabilities that are far too high score the same. log_loss sees that.'],
  },
  log_loss: {
    example: {
      ...one,
      submission,
      score: -(Math.log(0.9) + Math.log(0.4) + Math.log(0.5) + Math.log(0.9)) / 4,
      because: 'The true classes got 0.9, 0.4, 0.5 and 0.9: the mean of −ln of these.',
    },
    failures: [
      ONE_CLASS,
      { when: 'a probability above 1', ...one, submission: lines('p', 1.2, 0, 1, 0), code: 'not_a_probability' },
      {
        when: 'columns of classes that do not add up to 1',
        columns: [
          { name: 'a', type: 'number' },
          { name: 'b', type: 'number' },
        ],
        truth: ['id,t', '1,a', '2,b'],
        submission: ['id,a,b', '1,0.5,0.4', '2,0.1,0.9'],
        code: 'probabilities_sum',
      },
    ],
    traps: ['One row with probability 0 for its true class costs 36 ÷ rows: never write 0 or 1 unless sure.'],
  },
}
