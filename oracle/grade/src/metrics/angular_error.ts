/** Mean angle between predicted and true directions. Minimize, 0 to π. */

import { arcsine, cosine, sine } from '../arithmetic/angles.ts'
import { weightedMean } from '../arithmetic/sum.ts'
import type { Metric } from './metric.ts'
import { numbers, regression } from './regression.ts'

/** Beyond this an angle is no angle, and its sine would lose digits. */
const MOST = 1000

export const angularError: Metric = {
  ...regression,
  id: 'angular_error',
  title: 'Mean angular error',
  words: 'The mean angle between predicted and true directions in space, in radians. Lower is better.',
  range: [0, Math.PI],
  formula: 'mean of the angle between two unit vectors; first column azimuth, second zenith, in radians',
  source: 'https://www.kaggle.com/competitions/icecube-neutrinos-in-deep-ice/overview/evaluation',
  minColumns: 2,
  maxColumns: 2,
  params: {},
  prepare: (truth) => (predictions) => {
    const vectors = (azimuths: Float64Array, zeniths: Float64Array) => (i: number) => {
      const [azimuth, zenith] = [azimuths[i]!, zeniths[i]!]
      if (!(Math.abs(azimuth) <= MOST && Math.abs(zenith) <= MOST)) return [Number.NaN, 0, 0] as const
      const s = sine(zenith)
      return [cosine(azimuth) * s, sine(azimuth) * s, cosine(zenith)] as const
    }
    const actual = vectors(numbers(truth.columns[0]!), numbers(truth.columns[1]!))
    const guess = vectors(numbers(predictions[0]!), numbers(predictions[1]!))
    return weightedMean(numbers(predictions[0]!).length, truth.weights, (i) => {
      const [a, b] = [actual(i), guess(i)]
      // By half the distance of the points, or of one and the other's opposite: no digits are lost near 0 or π.
      const distance = (sign: number): number => {
        const [x, y, z] = [a[0] - sign * b[0], a[1] - sign * b[1], a[2] - sign * b[2]]
        return Math.sqrt(x * x + y * y + z * z)
      }
      const near = distance(1)
      return near <= Math.SQRT2 ? 2 * arcsine(near / 2) : Math.PI - 2 * arcsine(Math.min(1, distance(-1) / 2))
    })
  },
}
