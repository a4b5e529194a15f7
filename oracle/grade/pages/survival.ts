/** Pages of the metrics of survival times. */

import { type FamilyPages, lines } from './page.ts'

const truth = ['id,time,event', '1,1,1', '2,2,0', '3,3,1']

export const survival: FamilyPages = {
  concordance_index: {
    example: {
      truth,
      submission: lines('p', 5, 9, 4),
      score: 1 / 2,
      because:
        'Row 1 ended first and can be compared with 2 and 3: 5 is below 9, not below 4. Rows 2 and 3 cannot be compared.',
    },
    failures: [
      {
        when: 'no row has the event',
        truth: ['id,time,event', '1,1,0', '2,2,0'],
        submission: lines('p', 1, 2),
        code: 'truth_degenerate',
      },
      {
        when: 'the truth has no column event',
        truth: lines('time', 1, 2),
        submission: lines('p', 1, 2),
        code: 'shape_invalid',
      },
    ],
    traps: ['A prediction is a time, longer is later: a risk must be negated.'],
  },
}
