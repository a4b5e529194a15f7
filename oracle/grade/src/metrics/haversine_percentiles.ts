/** Percentiles of haversine distances. Minimize, from 0. Google Smartphone Decimeter Challenge on Kaggle. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { arcLength, RADIUS } from './haversine.ts'
import type { Metric } from './metric.ts'
import { linearQuantile } from './quantile.ts'
import { numbers, regression } from './regression.ts'

export const haversinePercentiles: Metric = {
  ...regression,
  id: 'haversine_percentiles',
  title: 'Percentiles of haversine distances',
  words:
    'The distance on the globe that a share of the points stay within, averaged over shares; in kilometres. Lower is better.',
  formula:
    'mean over percentiles of the percentile of the haversine distances of rows, by linear interpolation between two of them',
  source: 'https://www.kaggle.com/competitions/smartphone-decimeter-2022/overview/evaluation',
  weights: false,
  minColumns: 2,
  maxColumns: 2,
  params: {
    percentiles: {
      kind: 'numbers',
      min: 0,
      max: 100,
      default: [50, 95],
      words: 'Which percentiles are averaged.',
    },
    scale: RADIUS,
  },
  prepare(truth, { percentiles, scale }) {
    if (percentiles!.length === 0) throw new GradeError('params_invalid', 'percentiles has at least one number.')
    const truths = truth.columns.map(numbers)
    return (predictions) => {
      const arc = arcLength(truths, predictions.map(numbers))
      const arcs = Float64Array.from({ length: truths[0]!.length }, (_, row) => arc(row))
      if (arcs.some((value) => Number.isNaN(value))) return Number.NaN
      arcs.sort()
      const mean =
        compensatedSum(percentiles!.length, (i) => linearQuantile(arcs, percentiles![i]! / 100)) / percentiles!.length
      return scale! * mean
    }
  },
}
