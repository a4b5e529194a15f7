/** Pages of the metrics of clusters. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

const truth = lines('t', 'a', 'a', 'b', 'b')
const submission = lines('p', 0, 0, 1, 2)
const failures: MetricPage['failures'] = [
  { when: 'a row is left out', truth, submission: submission.slice(0, -1), code: 'missing_id' },
]
const NOT_BEYOND = 'It is not corrected for chance: many small clusters score high without knowing anything.'
const PARTS = 'clusters that are parts of true ones score 1, however small'

export const clustering: FamilyPages = {
  adjusted_rand: {
    example: {
      truth,
      submission,
      score: 4 / 7,
      because: 'Of 6 pairs 2 are together in truth, 1 in prediction, 1 in both: (1 − 2·1 ÷ 6) ÷ (1.5 − 2·1 ÷ 6).',
    },
    failures,
  },
  rand: {
    example: { truth, submission, score: 5 / 6, because: 'Of 6 pairs 1 is together in both and 4 are apart in both.' },
    failures,
    traps: [NOT_BEYOND],
  },
  normalized_mutual_info: {
    example: {
      truth,
      submission,
      score: Math.log(2) / ((Math.log(2) + 1.5 * Math.log(2)) / 2),
      because: 'Mutual information ln 2, entropies ln 2 and 1.5·ln 2: 1 ÷ 1.25.',
    },
    failures,
    traps: [NOT_BEYOND, `With average_method min, ${PARTS}, also a cluster of its own for each row.`],
  },
  adjusted_mutual_info: {
    example: {
      truth,
      submission,
      score: 4 / 7,
      because: 'Mutual information ln 2, expected ⅔·ln 2, mean of the entropies 1.25·ln 2: (1 − ⅔) ÷ (1.25 − ⅔).',
    },
    failures,
    traps: [
      `With average_method min, ${PARTS}.`,
      'Above 500,000 rows a truth may have clusters of at most 1,000,000 ÷ √(2 × rows) different sizes: its expectation takes as long as there are sizes.',
    ],
  },
  v_measure: {
    example: { truth, submission, score: 4 / 5, because: 'Homogeneity 1, completeness 2 ÷ 3: 2·(2 ÷ 3) ÷ (5 ÷ 3).' },
    failures: [{ when: 'beta below 0', params: { beta: -1 }, truth, submission, code: 'params_invalid' }, ...failures],
    traps: [NOT_BEYOND],
  },
  homogeneity: {
    example: { truth, submission, score: 1, because: 'Each predicted cluster has rows of one true cluster.' },
    failures,
    traps: ['A cluster of its own for each row scores 1.'],
  },
  completeness: {
    example: {
      truth,
      submission,
      score: 2 / 3,
      because: 'Mutual information ln 2 by the entropy of the prediction, 1.5·ln 2.',
    },
    failures,
    traps: ['One cluster for all rows scores 1.'],
  },
  fowlkes_mallows: {
    example: {
      truth,
      submission,
      score: Math.sqrt(1 / 2),
      because: '1 pair is together in both, 2 in truth, 1 in prediction: 1 ÷ √2.',
    },
    failures,
    traps: [NOT_BEYOND],
  },
}
