/** Pages of the metrics of probabilities and scores of classes. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

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
const ABOVE_ONE = {
  when: 'a probability above 1',
  ...one,
  submission: lines('p', 1.2, 0, 1, 0),
  code: 'not_a_probability',
} as const
const three = {
  columns: ['a', 'b', 'c'].map((name) => ({ name, type: 'number' as const })),
  truth: ['id,t', '1,a', '2,b', '3,c', '4,a'],
  submission: ['id,a,b,c', '1,0.7,0.2,0.1', '2,0.5,0.3,0.2', '3,0.2,0.2,0.6', '4,0.4,0.5,0.1'],
}
const NO_ROW: MetricPage['failures'][number] = {
  when: 'a class with a column has no row in the truth',
  ...three,
  truth: ['id,t', '1,a', '2,b', '3,a', '4,a'],
  code: 'truth_degenerate',
}
const NO_COLUMN: MetricPage['failures'][number] = {
  when: 'the truth has a class without a column',
  ...three,
  truth: ['id,t', '1,a', '2,b', '3,c', '4,d'],
  code: 'truth_degenerate',
}
const SUM = {
  when: 'columns of classes that do not add up to 1',
  ...three,
  submission: three.submission.with(1, '1,0.7,0.7,0.7'),
  code: 'probabilities_sum',
} as const
const two = {
  columns: ['x', 'y'].map((name) => ({ name, type: 'number' as const })),
  truth: ['id,x,y', '1,1,0', '2,0,1', '3,0,0'],
}
const ln = (...values: number[]): number => -values.reduce((sum, value) => sum + Math.log(value), 0) / values.length

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
  roc_auc_ovr: {
    example: {
      ...three,
      score: (3 / 4 + 2 / 3 + 1) / 3,
      because: 'a: 3 of 4 pairs in order, b: 2 of 3, c: 3 of 3; their mean is 29 ÷ 36.',
    },
    failures: [NO_ROW, NO_COLUMN, SUM],
    traps: ['A class with few rows makes the score jump: name only classes that have enough.'],
  },
  roc_auc_ovo: {
    example: {
      ...three,
      score: ((1 / 2 + 1 / 2) / 2 + (1 + 1) / 2 + (1 + 1) / 2) / 3,
      because: 'a and b: 1 of 2 pairs in order by either column; a and c, b and c: all. The mean of 0.5, 1 and 1.',
    },
    failures: [NO_ROW, { ...NO_COLUMN, code: 'truth_degenerate' }],
    traps: ['The number of pairs grows with the square of the classes, and so does the time.'],
  },
  weighted_auc: {
    example: {
      ...one,
      submission,
      score: (2 * 0.4 * 1 + 1 * (0.1 * 1 + 0.5 * 0.5)) / (2 * 0.4 + 1 * 0.6),
      because:
        'The curve rises to true positive rate 0.5 at false positive rate 0, then to 1 at 0.5. Band up to 0.4: 0.4 of 0.4, twice. Band above: 0.1 and half of 0.5.',
    },
    failures: [
      ONE_CLASS,
      { when: 'bands that do not ascend', ...one, params: { bands: [0.6, 0.4] }, submission, code: 'params_invalid' },
      {
        when: 'not one weight more than bands',
        ...one,
        params: { bands: [0.4, 0.6] },
        submission,
        code: 'params_invalid',
      },
    ],
    traps: ['Bands are of true positive rates: for a part of false positive rates there is max_fpr of roc_auc.'],
  },
  bias_auc: {
    example: {
      columns: one.columns,
      truth: ['id,target,subgroups', '1,1,a', '2,0,a', '3,1,', '4,0,'],
      submission,
      score: 0.25 * (3 / 4) + (0.75 / 3) * (1 + 0 + 1),
      because:
        'All rows: 3 of 4 pairs. Within a: 0.9 is above 0.6, 1. Its negative 0.6 against the other positive 0.5: 0. Its positive 0.9 against the other negative 0.1: 1.',
    },
    failures: [
      {
        when: 'a subgroup has positive rows only',
        columns: one.columns,
        truth: ['id,target,subgroups', '1,1,a', '2,0,', '3,1,a', '4,0,'],
        submission,
        code: 'truth_degenerate',
      },
      {
        when: 'a target that is neither 0 nor 1',
        columns: one.columns,
        truth: ['id,target,subgroups', '1,2,a', '2,0,a', '3,1,', '4,0,'],
        submission,
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'The subgroups of a row are a list, such as `female muslim`; a row may have none.',
      'With a negative power one subgroup whose AUC is 0 makes a mean 0.',
    ],
  },
  average_precision: {
    example: {
      ...one,
      submission,
      score: (1 + 2 / 3) / 2,
      because: 'The positive rows stand at places 1 and 3: precision 1 and 2 ÷ 3, whose mean is 5 ÷ 6.',
    },
    failures: [ONE_CLASS],
    traps: ['A guess scores the share of positive rows, not 0.5.'],
  },
  log_loss: {
    example: {
      ...one,
      submission,
      score: ln(0.9, 0.4, 0.5, 0.9),
      because: 'The true classes got 0.9, 0.4, 0.5 and 0.9: the mean of −ln of these.',
    },
    failures: [ONE_CLASS, ABOVE_ONE, SUM],
    traps: ['One row with probability 0 for its true class costs 36 ÷ rows: never write 0 or 1 unless sure.'],
  },
  mean_columnwise_log_loss: {
    example: {
      ...two,
      submission: ['id,x,y', '1,0.8,0.1', '2,0.1,0.6', '3,0.2,0.3'],
      score: (ln(0.8, 0.9, 0.8) + ln(0.9, 0.6, 0.7)) / 2,
      because: 'What is true got 0.8, 0.9 and 0.8 in column x, and 0.9, 0.6 and 0.7 in y: the mean of −ln of these.',
    },
    failures: [
      {
        when: 'a label that no row of the truth has',
        ...two,
        truth: ['id,x,y', '1,1,0', '2,0,0', '3,0,0'],
        submission: ['id,x,y', '1,0.8,0.1', '2,0.1,0.6', '3,0.2,0.3'],
        code: 'truth_degenerate',
      },
    ],
    traps: ['Columns are independent: a row need not add up to 1.'],
  },
  brier_score: {
    example: {
      ...one,
      submission,
      score: (0.01 + 0.36 + 0.25 + 0.01) / 4,
      because: 'Errors 0.1, 0.6, 0.5 and 0.1: the mean of their squares.',
    },
    failures: [ONE_CLASS, ABOVE_ONE],
    traps: ['With three columns and more it is not halved: from 0 to 2.'],
  },
  top_k_accuracy: {
    example: {
      ...three,
      params: { k: 2 },
      score: 1,
      because: 'Each true class is among the two highest of its row.',
    },
    failures: [{ when: 'k is the number of classes', ...three, params: { k: 3 }, code: 'params_invalid' }, NO_COLUMN],
    traps: ['Of equal scores the later column ranks first, as in scikit-learn: give scores that differ.'],
  },
  d2_log_loss: {
    example: {
      ...one,
      submission,
      score: 1 - ln(0.9, 0.4, 0.5, 0.9) / Math.log(2),
      because: 'The frequencies, one half each, would lose ln 2; the log loss is 0.4551.',
    },
    failures: [ONE_CLASS],
  },
  d2_brier: {
    example: {
      ...one,
      submission,
      score: 1 - 0.1575 / 0.25,
      because: 'The frequencies, one half each, would score 0.25; the Brier score is 0.1575.',
    },
    failures: [ONE_CLASS],
  },
  hinge_loss: {
    example: {
      ...one,
      submission: lines('p', 2, -0.5, 0.4, 0.2),
      score: (0 + 0.5 + 0.6 + 1.2) / 4,
      because: 'Margins on the right side: 2, 0.5, 0.4 and −0.2; what is missing to 1 is 0, 0.5, 0.6 and 1.2.',
    },
    failures: [ONE_CLASS],
    traps: ['It reads decision values around 0, not probabilities.'],
  },
  expected_calibration_error: {
    example: {
      ...one,
      params: { n_bins: 2 },
      submission,
      score: (Math.abs(0.6 - 1) + Math.abs(1.5 - 1)) / 4,
      because:
        'Bin up to 0.5: 0.5 and 0.1 stated, one is true. Bin above: 0.9 and 0.6 stated, one is true. (0.4 + 0.5) ÷ 4.',
    },
    failures: [{ when: 'no bins', ...one, params: { n_bins: 0 }, submission, code: 'params_invalid' }, ONE_CLASS],
    traps: [
      'Stating the share of positive rows everywhere scores 0: pair it with another metric or a threshold on one.',
    ],
  },
  normalized_gini: {
    example: { ...one, submission, score: 0.5, because: 'ROC AUC is 3 ÷ 4: 2 · 3 ÷ 4 − 1.' },
    failures: [ONE_CLASS],
  },
  probabilistic_f1: {
    example: {
      ...one,
      submission,
      score: 2.8 / 4.1,
      because: 'Positive rows got 1.4, all rows 2.1, and 2 rows are positive: 2·1.4 ÷ (2.1 + 2).',
    },
    failures: [ONE_CLASS, ABOVE_ONE],
    traps: ['It rewards certainty: probabilities near 0 and 1 score better than calibrated ones.'],
  },
  kl_divergence: {
    example: {
      columns: two.columns,
      truth: ['id,x,y', '1,1,0', '2,0.5,0.5'],
      submission: ['id,x,y', '1,0.5,0.5', '2,0.5,0.5'],
      score: Math.log(2) / 2,
      because: 'Row 1: 1·ln(1 ÷ 0.5) = ln 2; row 2: 0.',
    },
    failures: [
      {
        when: 'a row that does not add up to 1',
        columns: two.columns,
        truth: ['id,x,y', '1,1,0', '2,0.5,0.5'],
        submission: ['id,x,y', '1,0.5,0.4', '2,0.5,0.5'],
        code: 'probabilities_sum',
      },
    ],
    traps: ['A 0 where the truth is above 0 costs about 36 times the true share.'],
  },
}
