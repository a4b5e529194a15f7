/** Pages of the metrics of classes. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

const truth = lines('t', 'cat', 'cat', 'cat', 'dog', 'dog', 'bird')
const submission = lines('p', 'cat', 'cat', 'dog', 'dog', 'dog', 'cat')

const LABELS_TWICE = (params: Record<string, unknown> = {}): MetricPage['failures'][number] => ({
  when: 'labels names a class twice',
  params: { ...params, labels: ['cat', 'cat'] },
  truth,
  submission,
  code: 'params_invalid',
})

const NO_POSITIVE = (params: Record<string, unknown> = {}): MetricPage['failures'][number] => ({
  when: 'no row of the truth has the positive class',
  params: { ...params, posLabel: 'horse' },
  truth,
  submission,
  code: 'truth_degenerate',
})

const UNKNOWN_CLASSES =
  'Without labels a class that only a prediction names counts as a class with score 0: one wrong label lowers a mean over classes more than another. List the labels in the column of the submission.'

const NOTHING_NAMED =
  'With zero_division 1 a submission that names none of the classes that count scores 1: leave it at 0 where a prize is paid.'
const ORDER_OF_TEXTS =
  'Grades of type string are in the order of their texts, where 10 is before 9: use type integer, or name labels in their order.'

export const classes: FamilyPages = {
  accuracy: {
    example: { truth, submission, score: 4 / 6, because: '4 of 6 rows have the right label: 4 ÷ 6.' },
    failures: [
      {
        when: 'a submission leaves a row out',
        truth,
        submission: submission.slice(0, -1),
        code: 'missing_id',
      },
    ],
    traps: [
      'Where one class has 95 % of the rows, naming it everywhere scores 0.95: balanced_accuracy or f1_macro say more.',
      '`1` and `1.0` are different labels; as whole numbers (type integer) they are equal.',
    ],
  },
  balanced_accuracy: {
    example: {
      truth,
      submission,
      score: (2 / 3 + 1 + 0) / 3,
      because: 'Recall is 2 ÷ 3 for cat, 1 for dog, 0 for bird; their mean is 5 ÷ 9.',
    },
    failures: [
      {
        when: 'adjusted, and the truth has one class',
        params: { adjusted: true },
        truth: lines('t', 'cat', 'cat'),
        submission: lines('p', 'cat', 'dog'),
        code: 'truth_degenerate',
      },
    ],
    traps: ['A class with one row counts as much as one with a thousand: its row is worth a thousand others.'],
  },
  zero_one_loss: {
    example: { truth, submission, score: 2 / 6, because: '2 of 6 rows are wrong: 2 ÷ 6.' },
    failures: [
      {
        when: 'truth and submission are of different types',
        columns: [{ name: 'p', type: 'integer' }],
        truth,
        submission,
        code: 'truth_invalid',
      },
    ],
  },
  f1_macro: {
    example: {
      truth,
      submission,
      score: (2 / 3 + 4 / 5 + 0) / 3,
      because: 'F1 is 4 ÷ 6 for cat, 4 ÷ 5 for dog, 0 for bird; their mean is 22 ÷ 45.',
    },
    failures: [LABELS_TWICE()],
    traps: [UNKNOWN_CLASSES],
  },
  f1_micro: {
    example: {
      truth,
      submission,
      score: 8 / 12,
      because: '4 right rows among 6 true and 6 predicted ones: 2·4 ÷ 12. With one label a row it is the accuracy.',
    },
    failures: [LABELS_TWICE()],
  },
  f1_weighted: {
    example: {
      truth,
      submission,
      score: (3 * (2 / 3) + 2 * (4 / 5)) / 6,
      because: 'F1 is 2 ÷ 3 for 3 cats, 4 ÷ 5 for 2 dogs, 0 for 1 bird: (2 + 1.6) ÷ 6.',
    },
    failures: [LABELS_TWICE()],
    traps: ['It can lie outside the range from precision to recall, and common classes carry it.'],
  },
  f1_binary: {
    example: {
      params: { posLabel: 'dog' },
      truth,
      submission,
      score: 4 / 5,
      because: '2 dogs found, 2 in the truth, 3 predicted: 2·2 ÷ (2 + 3).',
    },
    failures: [NO_POSITIVE()],
    traps: ['The default positive class is 1: with other labels set posLabel.'],
  },
  precision: {
    example: {
      params: { average: 'macro' },
      truth,
      submission,
      score: (2 / 3 + 2 / 3 + 0) / 3,
      because:
        '2 of 3 rows called cat and 2 of 3 called dog are right, none is called bird (0 by zero_division): 4 ÷ 9.',
    },
    failures: [NO_POSITIVE(), LABELS_TWICE({ average: 'macro' })],
    traps: [
      UNKNOWN_CLASSES,
      NOTHING_NAMED,
      'Alone it rewards naming a class only where one is sure: one right row gives 1.',
    ],
  },
  recall: {
    example: {
      params: { average: 'macro' },
      truth,
      submission,
      score: 5 / 9,
      because: '2 of 3 cats, 2 of 2 dogs, 0 of 1 bird are found: (2 ÷ 3 + 1 + 0) ÷ 3.',
    },
    failures: [NO_POSITIVE(), LABELS_TWICE({ average: 'macro' })],
    traps: ['Alone it is 1 for naming the positive class everywhere, or all labels in each list.'],
  },
  fbeta: {
    example: {
      params: { average: 'binary', posLabel: 'dog', beta: 2 },
      truth,
      submission,
      score: 10 / 11,
      because: '2 dogs found, 2 in the truth, 3 predicted: (1 + 4)·2 ÷ (4·2 + 3).',
    },
    failures: [
      { when: 'beta is missing', params: { average: 'macro' }, truth, submission, code: 'params_invalid' },
      NO_POSITIVE({ beta: 0.5 }),
    ],
    traps: [UNKNOWN_CLASSES],
  },
  jaccard: {
    example: {
      params: { average: 'macro' },
      truth,
      submission,
      score: (2 / 4 + 2 / 3 + 0) / 3,
      because: '2 ÷ 4 for cat, 2 ÷ 3 for dog, 0 ÷ 1 for bird; their mean is 7 ÷ 18.',
    },
    failures: [
      LABELS_TWICE({ average: 'macro' }),
      {
        when: 'average is samples, and rows have one label',
        params: { average: 'samples' },
        truth,
        submission,
        code: 'params_invalid',
      },
    ],
    traps: [UNKNOWN_CLASSES],
  },
  mcc: {
    example: {
      truth: lines('t', 1, 1, 1, 0, 0, 0),
      submission: lines('p', 1, 1, 0, 0, 0, 1),
      score: 1 / 3,
      because: '4 of 6 rows are right, each class is true and predicted 3 times: (4·6 − 18) ÷ (36 − 18).',
    },
    failures: [{ when: 'an unknown parameter', params: { beta: 1 }, truth, submission, code: 'params_invalid' }],
    traps: ['Naming one class everywhere scores 0, also where all rows are of that class.'],
  },
  cohen_kappa: {
    example: {
      truth: lines('t', 1, 1, 1, 0, 0, 0),
      submission: lines('p', 1, 1, 0, 0, 0, 1),
      score: 1 / 3,
      because: '2 of 6 rows disagree, 3 would by chance: 1 − 2 ÷ 3.',
    },
    failures: [
      {
        when: 'the truth has one class',
        truth: lines('t', 'a', 'a'),
        submission: lines('p', 'a', 'b'),
        code: 'truth_degenerate',
      },
      {
        when: 'a prediction has a class that labels does not name',
        params: { labels: ['cat', 'dog', 'bird'] },
        truth,
        submission: lines('p', 'cat', 'cat', 'cat', 'dog', 'dog', 'fly'),
        code: 'score_undefined',
      },
    ],
    traps: [
      'With weights but without labels a grade that no row has takes no place, so distances shrink.',
      `With weights: ${ORDER_OF_TEXTS}`,
    ],
  },
  quadratic_weighted_kappa: {
    example: {
      params: { labels: [0, 1, 2, 3] },
      columns: [{ name: 'p', type: 'integer', min: 0, max: 3 }],
      truth: lines('t', 0, 1, 2, 3),
      submission: lines('p', 0, 1, 3, 3),
      score: 1 - 1 / 12,
      because:
        'One grade is off by 1: observed 1. By chance squared distances would add up to 48 ÷ 4 = 12: 1 − 1 ÷ 12.',
    },
    failures: [
      {
        when: 'the truth has one grade',
        truth: lines('t', 2, 2),
        submission: lines('p', 2, 1),
        code: 'truth_degenerate',
      },
      {
        when: 'the truth has a grade that labels does not name',
        params: { labels: [0, 1] },
        columns: [{ name: 'p', type: 'integer' }],
        truth: lines('t', 0, 2),
        submission: lines('p', 0, 1),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'Without labels a grade that neither truth nor prediction has takes no place: name all grades.',
      ORDER_OF_TEXTS,
    ],
  },
  hamming_loss: {
    example: {
      params: { labels: ['red', 'green', 'blue'] },
      columns: [{ name: 'p', type: 'list', labels: ['red', 'green', 'blue'] }],
      truth: lines('t', 'red green', 'blue'),
      submission: lines('p', 'red', 'blue green'),
      score: 2 / 6,
      because: 'green is missing in the first row and too many in the second: 2 of 2 rows × 3 labels.',
    },
    failures: [
      {
        when: 'lists without labels',
        columns: [{ name: 'p', type: 'list' }],
        truth: lines('t', 'red', 'blue'),
        submission: lines('p', 'red', 'red'),
        code: 'params_invalid',
      },
    ],
    traps: ['Where a row has few of many labels, an empty list everywhere scores near 0.'],
  },
}
