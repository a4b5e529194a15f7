/** F1 of the boundaries of masks, mean over rows. Maximize, 0 to 1. Csurka, Larlus and Perronnin 2013. */

import { squaredDistances } from './distancetransform.ts'
import { boundaryOf, gridOf, meanOfImages, ofImageMasks } from './imagemasks.ts'
import { EMPTY } from './masks.ts'
import type { Metric } from './metric.ts'
import type { Points } from './volumes.ts'

export const maskBoundaryF1: Metric = {
  ...ofImageMasks,
  id: 'mask_boundary_f1',
  title: 'F1 of the boundaries of masks',
  words: 'How well the outline of a mask is drawn, within a few pixels; the mean over rows.',
  formula:
    'mean over rows of 2·P·R ÷ (P + R), P being the share of predicted boundary pixels that a true one is within the tolerance of, R the share of true ones that a predicted one is; a boundary pixel has one of the four next to it outside of the mask; 0 where one mask is empty',
  source: 'https://doi.org/10.5244/C.27.32',
  params: {
    tolerance: {
      kind: 'number',
      min: 0,
      default: 2,
      words: 'How many pixels, at most, two boundaries may be apart, from center to center in a straight line.',
    },
    empty: EMPTY,
  },
  prepare: meanOfImages('mask_boundary_f1', ({ tolerance, empty }) => ({
    none: empty === 'one' ? 1 : 0,
    one: () => 0,
    points: (points) => {
      const [truth, guess] = [boundaryOf(points.truth, points.size), boundaryOf(points.guess, points.size)]
      const precision = shareNear(guess, truth, points, tolerance!)
      const recall = shareNear(truth, guess, points, tolerance!)
      return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
    },
  })),
}

/** The share of a boundary's pixels that have one of the other boundary near them. */
function shareNear(boundary: Uint8Array, other: Uint8Array, points: Points, tolerance: number): number {
  const distances = squaredDistances(other, gridOf(points))
  let [near, all] = [0, 0]
  for (let i = 0; i < boundary.length; i++) {
    if (boundary[i] === 0) continue
    all++
    if (distances[i]! <= tolerance * tolerance) near++
  }
  return near / all
}
