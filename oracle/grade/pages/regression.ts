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

const ZERO = {
  when: 'a row of the truth is 0',
  truth: lines('t', 0, 2, 3, 6),
  submission,
  code: 'truth_degenerate',
} as const
const CONSTANT = {
  when: 'a submission with the same value in each row',
  truth,
  submission: lines('p', 2, 2, 2, 2),
  code: 'score_undefined',
} as const
const NEGATIVE = {
  when: 'a prediction that is not above 0',
  truth,
  submission: lines('p', 1, 3, 3, 0),
  code: 'score_undefined',
} as const
const points = {
  columns: ['lat', 'lon'].map((name) => ({ name, type: 'number' as const })),
  truth: ['id,lat,lon', '1,0,0', '2,52.5,13.4'],
}

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
  median_ae: {
    example: { truth, submission, score: 0.5, because: 'Errors 0, 1, 0, 2: between 0 and 1 lies the middle.' },
    failures: [{ when: 'an unknown parameter', params: { alpha: 1 }, truth, submission, code: 'params_invalid' }],
    traps: [
      'Half of the rows may be arbitrarily wrong without a trace in the score.',
      'With weights it is the error that half of the weight stays within; where a row ends exactly there, up to rounding, the mean of its error and the next.',
    ],
  },
  max_error: {
    example: { truth, submission, score: 2, because: 'Errors 0, 1, 0, 2.' },
    failures: [{ when: 'an unknown parameter', params: { alpha: 1 }, truth, submission, code: 'params_invalid' }],
    traps: ['One row decides: a single wrong truth makes the challenge a lottery.'],
  },
  rmsle: {
    example: {
      truth: lines('t', 0, 3),
      submission: lines('p', 0, 1),
      score: Math.sqrt(Math.log(2) ** 2 / 2),
      because: 'ln(4 ÷ 2) = ln 2 for the second row: √((0 + (ln 2)²) ÷ 2).',
    },
    failures: [
      {
        when: 'a prediction of −1 or less',
        truth: lines('t', 0, 3),
        submission: lines('p', 0, -1),
        code: 'score_undefined',
      },
      {
        when: 'the truth has a value of −1 or less',
        truth: lines('t', 0, -1),
        submission: lines('p', 0, 1),
        code: 'truth_degenerate',
      },
    ],
    traps: ['Give the column min 0, so that a negative prediction is reported at its row.'],
  },
  msle: {
    example: {
      truth: lines('t', 0, 3),
      submission: lines('p', 0, 1),
      score: Math.log(2) ** 2 / 2,
      because: 'ln(4 ÷ 2) = ln 2 for the second row: (0 + (ln 2)²) ÷ 2.',
    },
    failures: [
      {
        when: 'a prediction of −1 or less',
        truth: lines('t', 0, 3),
        submission: lines('p', 0, -1),
        code: 'score_undefined',
      },
    ],
  },
  mape: {
    example: {
      truth,
      submission,
      score: (0.5 + 1 / 3) / 4,
      because: 'Shares 0, 1 ÷ 2, 0, 2 ÷ 6: (5 ÷ 6) ÷ 4 rows.',
    },
    failures: [ZERO],
    traps: ['Too high costs without bound, too low at most 1: the best constant is low.'],
  },
  smape: {
    example: { truth, submission, score: (2 / 5 + 4 / 10) / 4, because: 'Rows 0, 2·1 ÷ 5, 0, 2·2 ÷ 10: 0.8 ÷ 4.' },
    failures: [{ when: 'a row is left out', truth, submission: submission.slice(0, -1), code: 'missing_id' }],
    traps: [
      'It is a share from 0 to 2, where some write percent from 0 to 200. A truth of 0 costs 2 for every other prediction.',
    ],
  },
  wape: {
    example: { truth, submission, score: 3 / 12, because: 'Errors add up to 3, the truth to 12.' },
    failures: [
      {
        when: 'the truth is 0 in each row',
        truth: lines('t', 0, 0),
        submission: lines('p', 1, 1),
        code: 'truth_degenerate',
      },
    ],
  },
  mase: {
    example: {
      params: { scale: 1.5 },
      truth,
      submission,
      score: 0.5,
      because: 'The mean error is 0.75, the naive one 1.5.',
    },
    failures: [{ when: 'scale is missing', truth, submission, code: 'params_invalid' }],
    traps: [
      'scale is one number for all rows: series of different size need groups, or values that are scaled before.',
    ],
  },
  rmspe: {
    example: {
      truth,
      submission,
      score: Math.sqrt((0.25 + 1 / 9) / 4),
      because: 'Shares 0, 1 ÷ 2, 0, 2 ÷ 6: √((1 ÷ 4 + 1 ÷ 9) ÷ 4).',
    },
    failures: [ZERO],
  },
  log_mae: {
    example: {
      params: { group_average: 'macro' },
      truth: ['id,t,group', '1,1,a', '2,2,a', '3,30,b'],
      submission: lines('p', 1, 4, 40),
      score: Math.log(10) / 2,
      because: 'The mean error is 1 in group a and 10 in group b: (ln 1 + ln 10) ÷ 2.',
    },
    failures: [
      {
        when: 'group_average without a column group',
        params: { group_average: 'macro' },
        truth,
        submission,
        code: 'shape_invalid',
      },
    ],
    traps: ['A perfect group scores ln 10^-9, about −20.7, and outweighs several others.'],
  },
  explained_variance: {
    example: {
      truth,
      submission,
      score: 1 - 4.75 / 14,
      because: 'Differences 0, −1, 0, 2 have the mean 0.25: 1 − (5 − 0.25) ÷ 14.',
    },
    failures: [EQUAL],
    traps: ['Adding 1,000 to each prediction does not change it: r2 sees that.'],
  },
  pearson: {
    example: {
      truth,
      submission,
      score: 7 / Math.sqrt(14 * 4.75),
      because: 'The sum of products is 7, those of squares 14 and 4.75.',
    },
    failures: [EQUAL, CONSTANT],
    traps: ['Predictions of another unit or offset score the same.'],
  },
  spearman: {
    example: {
      truth,
      submission: lines('p', 1, 4, 3, 9),
      score: 0.8,
      because: 'Ranks 1, 3, 2, 4 against 1, 2, 3, 4: 1 − 6·2 ÷ (4·15).',
    },
    failures: [EQUAL, CONSTANT],
  },
  kendall: {
    example: {
      truth,
      submission: lines('p', 1, 4, 3, 9),
      score: 4 / 6,
      because: 'Of 6 pairs 5 are in order and 1 is not: (5 − 1) ÷ 6.',
    },
    failures: [EQUAL, CONSTANT],
  },
  pinball: {
    example: {
      params: { alpha: 0.9 },
      truth,
      submission,
      score: (0.1 + 1.8) / 4,
      because: '1 too high costs 0.1, 2 too low cost 1.8.',
    },
    failures: [
      { when: 'alpha above 1', params: { alpha: 90 }, truth, submission, code: 'params_invalid' },
      {
        when: 'alpha 0, by which any low prediction would be perfect',
        ...{ params: { alpha: 0 }, truth, submission, code: 'params_invalid' },
      },
    ],
    traps: ['Each quantile is a challenge, or a column with groups, of its own: alpha is one number.'],
  },
  tweedie_deviance: {
    example: {
      params: { power: 1.5 },
      truth: lines('t', 0, 4),
      submission: lines('p', 1, 4),
      score: 2,
      because: 'Row 1: 2·(0 − 0 + 1 ÷ 0.5) = 4; row 2: 0.',
    },
    failures: [
      { ...NEGATIVE, params: { power: 1.5 } },
      { when: 'power between 0 and 1', params: { power: 0.5 }, truth, submission, code: 'params_invalid' },
    ],
    traps: ['At power 0 it is the mean squared error, and takes any number.'],
  },
  poisson_deviance: {
    example: {
      truth: lines('t', 0, 4),
      submission: lines('p', 1, 4),
      score: 1,
      because: 'Row 1: 2·(0 − 0 + 1) = 2; row 2: 0.',
    },
    failures: [NEGATIVE],
    traps: ['Give the column a min above 0, so that a wrong value is reported at its row.'],
  },
  gamma_deviance: {
    example: {
      truth: lines('t', 1, 4),
      submission: lines('p', 2, 4),
      score: Math.log(2) - 0.5,
      because: 'Row 1: 2·(ln 2 + 1 ÷ 2 − 1); row 2: 0.',
    },
    failures: [ZERO, NEGATIVE],
  },
  d2_absolute_error: {
    example: {
      truth,
      submission,
      score: 1 - 3 / 6,
      because: 'The median of the truth is 2.5, with errors 1.5, 0.5, 0.5, 3.5: 1 − 3 ÷ 6.',
    },
    failures: [EQUAL],
  },
  d2_pinball: {
    example: {
      params: { alpha: 0.5 },
      truth,
      submission,
      score: 1 - 3 / 6,
      because: 'At alpha 0.5 both losses are half of the absolute errors: 1 − 1.5 ÷ 3.',
    },
    failures: [EQUAL],
  },
  d2_tweedie: {
    example: { truth, submission, score: 1 - 5 / 14, because: 'At power 0 it is r2: 1 − 5 ÷ 14.' },
    failures: [EQUAL],
  },
  crps: {
    example: {
      truth: lines('t', 1, 2),
      submission: lines('p', '0 2', '2'),
      score: 0.25,
      because: 'Row 1: samples are 1 away on the mean, and 1 from each other: 1 − 0.5·1. Row 2: 0.',
    },
    failures: [
      {
        when: 'a cell without samples',
        truth: lines('t', 1, 2),
        submission: lines('p', '', '2'),
        code: 'score_undefined',
      },
      {
        when: 'samples separated by semicolons',
        truth: lines('t', 1, 2),
        submission: lines('p', '0;2', '2'),
        code: 'not_a_number',
      },
    ],
    traps: ['Samples are separated by one space. Fewer than about 20 samples pay for their own scatter.'],
  },
  laplace_log_likelihood: {
    example: {
      columns: ['value', 'deviation'].map((name) => ({ name, type: 'number' as const })),
      truth: lines('t', 2000),
      submission: ['id,value,deviation', '1,2100,100'],
      score: -Math.SQRT2 - Math.log(Math.SQRT2 * 100),
      because: 'The error is one deviation of 100: −√2·100 ÷ 100 − ln(√2·100).',
    },
    failures: [
      {
        when: 'a submission without a column for the deviation',
        columns: [{ name: 'value', type: 'number' }],
        truth: lines('t', 2000),
        submission: ['id,value', '1,2100'],
        code: 'shape_invalid',
      },
    ],
  },
  haversine: {
    example: {
      ...points,
      submission: ['id,lat,lon', '1,0,90', '2,52.5,13.4'],
      score: (6371.0088 * Math.PI) / 4,
      because: 'Row 1 is a quarter of the equator off, 10,007.54 km; row 2 is right.',
    },
    failures: [
      {
        when: 'a latitude above 90',
        ...points,
        submission: ['id,lat,lon', '1,91,0', '2,52.5,13.4'],
        code: 'score_undefined',
      },
    ],
    traps: ['The first column is the latitude. Give min and max, so that a swapped pair is reported at its row.'],
  },
  haversine_percentiles: {
    example: {
      ...points,
      submission: ['id,lat,lon', '1,0,90', '2,52.5,13.4'],
      score: (6371.0088 * (Math.PI / 2) * (0.5 + 0.95)) / 2,
      because:
        'Row 1 is a quarter of the equator off, row 2 is right: halfway between 0 and 10,007.54 km is the 50th percentile, at 0.95 of the way the 95th. Their mean.',
    },
    failures: [
      {
        when: 'a latitude above 90',
        ...points,
        submission: ['id,lat,lon', '1,91,0', '2,52.5,13.4'],
        code: 'score_undefined',
      },
      {
        when: 'a percentile above 100',
        ...points,
        params: { percentiles: [50, 101] },
        submission: points.truth,
        code: 'params_invalid',
      },
    ],
    traps: [
      'Percentiles are of all rows together: for the mean over trips, or phones, name them in a column group of the truth and set group_average to macro.',
    ],
  },
  angular_error: {
    example: {
      columns: ['azimuth', 'zenith'].map((name) => ({ name, type: 'number' as const })),
      truth: ['id,azimuth,zenith', '1,0,1.5707963267948966', '2,1,2'],
      submission: ['id,azimuth,zenith', '1,1,1.5707963267948966', '2,1,2'],
      score: 0.5,
      because: 'Row 1 is one radian off along the horizon; row 2 is right.',
    },
    failures: [
      {
        when: 'a direction of one angle',
        columns: [{ name: 'azimuth', type: 'number' }],
        truth: ['id,azimuth', '1,0'],
        submission: ['id,azimuth', '1,0'],
        code: 'shape_invalid',
      },
    ],
    traps: ['Angles are in radians.'],
  },
}
