/** Pages of the metrics of tracks. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

const truth = [
  'id,boxes,frame,group',
  '1,a 0 0 10 10 b 50 0 10 10,1,street',
  '2,a 2 0 10 10 b 50 0 10 10,2,street',
  '3,a 4 0 10 10,3,street',
  '4,a 6 0 10 10,4,street',
]
// One box is missed, and the object a gets another track in frame 3.
const submission = lines('p', 'x 0 0 10 10 y 50 0 10 10', 'x 2 0 10 10', 'z 4 0 10 10', 'z 6 0 10 10')
const failures: MetricPage['failures'] = [
  {
    when: 'a track with two boxes in a frame',
    truth,
    submission: lines('p', 'x 0 0 10 10 x 50 0 10 10', '', '', ''),
    code: 'score_undefined',
  },
  { when: 'a box without a track', truth, submission: lines('p', '0 0 10 10', '', '', ''), code: 'score_undefined' },
  {
    when: 'a frame number twice in a sequence',
    truth: ['id,boxes,frame,group', '1,a 0 0 10 10,1,street', '2,a 2 0 10 10,1,street'],
    submission: lines('p', '', ''),
    code: 'truth_degenerate',
  },
  {
    when: 'the truth has no column group',
    truth: ['id,boxes,frame', '1,a 0 0 10 10,1'],
    submission: lines('p', ''),
    code: 'shape_invalid',
  },
]
const traps = [
  'All objects are of one class: give each class a challenge or a column of its own. Regions to be ignored, which MOTChallenge has, must be left out by the maker.',
  'Frame and sequence are in the truth alone: solvers must learn them of a row from the data. With `long`, a file has a row for each box instead.',
  'Where boxes overlap so densely that pairing them would take too long, a submission is rejected (`too_much_text`).',
]

export const tracking: FamilyPages = {
  hota: {
    example: {
      params: { thresholds: [0.5] },
      truth,
      submission,
      score: Math.sqrt((5 / 6) * ((2 * (2 / 4) + 2 * (2 / 4) + 1 * (1 / 2)) / 5)),
      because:
        '5 of 6 boxes are found, and none is wrong: DetA 5 ÷ 6. Of a, 2 boxes are with x and 2 with z, each 2 of 4; of b, 1 of 2 is with y: AssA (2·½ + 2·½ + ½) ÷ 5 = ½. √(5 ÷ 6 · ½).',
    },
    failures,
    traps,
  },
  mota: {
    example: {
      truth,
      submission,
      score: 1 - (1 + 0 + 1) / 6,
      because: 'One box is missed in frame 2, and a is another track from frame 3 on: 1 − 2 ÷ 6.',
    },
    failures,
    traps: [
      ...traps,
      'Where an object had a track last, and gets it again after a gap, nothing was switched. TrackEval keeps a track only from the frame just before; scores differ where an object is lost and found between others.',
    ],
  },
  idf1: {
    example: {
      truth,
      submission,
      score: (2 * 3) / (6 + 5),
      because: 'a is paired with x (2 boxes; z would be as good), b with y (1 box): 2·3 ÷ (6 + 5).',
    },
    failures,
    traps,
  },
}
