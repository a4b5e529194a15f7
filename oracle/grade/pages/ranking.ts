/** Pages of the metrics of ranked lists. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

const truth = lines('t', 'a b', 'c')
const submission = lines('p', 'a x b', 'y c z')
const k3 = { params: { k: 3 }, truth, submission }
const EMPTY: MetricPage['failures'][number] = {
  when: 'a row of the truth has no relevant item',
  truth: lines('t', 'a b', ''),
  submission,
  code: 'truth_degenerate',
}
const COMMAS: MetricPage['failures'][number] = {
  when: 'items separated by two spaces',
  truth,
  submission: lines('p', 'a  x', 'y'),
  code: 'bad_list',
}
const QUERY_WEIGHTS: MetricPage['failures'][number] = {
  when: 'rows of a query with different weights',
  truth: ['id,t,group,weight', '1,3,q1,1', '2,1,q1,2'],
  submission: lines('p', 1, 0),
  code: 'truth_degenerate',
}
const QUERY_WEIGHT = 'A weight is that of a query, the same in each of its rows; a query of weight 0 does not count.'
const ALL_ITEMS = 'A list of all items scores 1 where k is as large as their number: give a small k.'
const REPEATED = 'Of a repeated item only the first counts; the others still hold a place.'

export const ranking: FamilyPages = {
  map_at_k: {
    example: {
      ...k3,
      score: ((1 + 2 / 3) / 2 + 1 / 2) / 2,
      because: 'Row 1: relevant at places 1 and 3, (1 + 2 ÷ 3) ÷ 2. Row 2: at place 2, 1 ÷ 2.',
    },
    failures: [EMPTY, COMMAS],
    traps: [REPEATED],
  },
  ndcg: {
    example: {
      truth: ['id,t,group', '1,3,q1', '2,1,q1', '3,0,q1', '4,1,q2', '5,0,q2'],
      submission: lines('p', 0.5, 0.9, 0.1, 2, 1),
      score: ((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)) + 1) / 2,
      because: 'In q1 the better document is second: (1 + 3 ÷ log₂ 3) ÷ (3 + 1 ÷ log₂ 3) = 0.7967. q2 is in order: 1.',
    },
    failures: [
      {
        when: 'the truth has no column group',
        truth: lines('t', 1, 0),
        submission: lines('p', 1, 0),
        code: 'shape_invalid',
      },
      {
        when: 'a query without a relevant document',
        truth: ['id,t,group', '1,0,q', '2,0,q'],
        submission: lines('p', 1, 0),
        code: 'truth_degenerate',
      },
      QUERY_WEIGHTS,
    ],
    traps: ['The group is in the truth alone: solvers must learn the query of a row from the data.', QUERY_WEIGHT],
  },
  dcg: {
    example: {
      truth: ['id,t,group', '1,3,q1', '2,1,q1', '3,0,q1', '4,1,q2', '5,0,q2'],
      submission: lines('p', 0.5, 0.9, 0.1, 2, 1),
      score: (1 + 3 / Math.log2(3) + 1) / 2,
      because: 'In q1 the better document is second: 1 + 3 ÷ log₂ 3 = 2.8928. In q2 the relevant one is first: 1.',
    },
    failures: [
      {
        when: 'a negative relevance',
        truth: ['id,t,group', '1,-1,q', '2,2,q'],
        submission: lines('p', 1, 0),
        code: 'truth_degenerate',
      },
      {
        when: 'no relevant document at all',
        truth: ['id,t,group', '1,0,q', '2,0,q'],
        submission: lines('p', 1, 0),
        code: 'truth_degenerate',
      },
      QUERY_WEIGHTS,
    ],
    traps: [
      'What a perfect ranking scores depends on the truth, and queries with many relevant documents weigh most: ndcg has one best score, 1, for each query.',
      'A query without a relevant document counts 0, whatever is predicted.',
      QUERY_WEIGHT,
    ],
  },
  mrr: {
    example: {
      ...k3,
      score: (1 + 1 / 2) / 2,
      because: 'The first relevant item is at place 1 and at place 2: (1 + 1 ÷ 2) ÷ 2.',
    },
    failures: [EMPTY, COMMAS],
  },
  precision_at_k: {
    example: { ...k3, score: (2 / 3 + 1 / 3) / 2, because: '2 of 3 and 1 of 3 items are relevant.' },
    failures: [EMPTY, COMMAS],
    traps: ['A row with fewer relevant items than k cannot score 1; shorter lists are still divided by k.', REPEATED],
  },
  recall_at_k: {
    example: {
      ...k3,
      params: { k: 1 },
      score: (1 / 2 + 0) / 2,
      because: 'The first item finds 1 of 2 relevant ones, and none of 1.',
    },
    failures: [EMPTY, COMMAS],
    traps: [ALL_ITEMS, REPEATED],
  },
  hit_rate_at_k: {
    example: { ...k3, params: { k: 1 }, score: 1 / 2, because: 'The first item is relevant in 1 of 2 rows.' },
    failures: [EMPTY, COMMAS],
    traps: [ALL_ITEMS],
  },
  order_kendall: {
    example: {
      truth: lines('t', 'a b c', 'd e'),
      submission: lines('p', 'a c b', 'e d'),
      score: 1 - (4 * 2) / 8,
      because: 'One wrong pair in each row: 1 − 4·2 ÷ (3·2 + 2·1).',
    },
    failures: [
      {
        when: 'an item is missing',
        truth: lines('t', 'a b c'),
        submission: lines('p', 'a b'),
        code: 'score_undefined',
      },
      {
        when: 'an item occurs twice',
        truth: lines('t', 'a b c'),
        submission: lines('p', 'a b b'),
        code: 'score_undefined',
      },
      {
        when: 'no row of the truth has two items',
        truth: lines('t', 'a', 'b'),
        submission: lines('p', 'a', 'b'),
        code: 'truth_degenerate',
      },
    ],
    traps: ['Rows with many items count for more: they have more pairs.'],
  },
}
