/** Haversine distance on a sphere. Minimize, from 0. scikit-learn `haversine_distances`. */

import { arcsine, cosine, sine } from '../arithmetic/angles.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import { sklearn } from './common.ts'
import type { Metric } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'
import { numbers, regression } from './regression.ts'

const DEGREE = Math.PI / 180

export const RADIUS: ParamSpec = {
  kind: 'number',
  above: 0,
  default: 6371.0088,
  words: 'The radius, in the unit of the score; the Earth’s mean in kilometres.',
}

export const haversine: Metric = {
  ...regression,
  id: 'haversine',
  title: 'Mean haversine distance',
  words: 'The mean distance on the globe between predicted and true points, in kilometres. Lower is better.',
  formula:
    'mean of 2·radius·arcsin √(sin²(Δlat ÷ 2) + cos lat₁ · cos lat₂ · sin²(Δlon ÷ 2)); first column latitude, second longitude, in degrees',
  source: sklearn('haversine_distances').replace('metrics', 'metrics.pairwise'),
  minColumns: 2,
  maxColumns: 2,
  params: { scale: RADIUS },
  prepare(truth, { scale }) {
    const truths = truth.columns.map(numbers)
    return (predictions) => {
      const arc = arcLength(truths, predictions.map(numbers))
      return weightedMean(truths[0]!.length, truth.weights, (row) => scale! * arc(row))
    }
  },
}

/** The angle between the true and the predicted point of a row, columns of latitudes and longitudes in degrees; NaN for what is no point. */
export function arcLength(truth: readonly Float64Array[], predicted: readonly Float64Array[]): (row: number) => number {
  const [lat1, lon1] = truth as [Float64Array, Float64Array]
  const [lat2, lon2] = predicted as [Float64Array, Float64Array]
  const half = (a: number, b: number): number => {
    const s = sine(((a - b) * DEGREE) / 2)
    return s * s
  }
  return (i) => {
    if (!(Math.abs(lat2[i]!) <= 90 && Math.abs(lon2[i]!) <= 360)) return Number.NaN
    const chord =
      half(lat1[i]!, lat2[i]!) + cosine(lat1[i]! * DEGREE) * cosine(lat2[i]! * DEGREE) * half(lon1[i]!, lon2[i]!)
    return 2 * arcsine(Math.sqrt(Math.min(1, chord)))
  }
}
