/** Hausdorff distance of masks, mean over rows. Minimize, 0 on. SciPy `directed_hausdorff`, the greater of both directions. */

import { squaredDistances } from './distancetransform.ts'
import { boundaryOf, gridOf, meanOfImages, ofImageMasks } from './imagemasks.ts'
import type { Metric } from './metric.ts'
import { linearQuantile } from './quantile.ts'
import { farthest, type Points } from './volumes.ts'

export const maskHausdorff: Metric = {
  ...ofImageMasks,
  id: 'mask_hausdorff',
  title: 'Hausdorff distance of masks',
  words: 'How many pixels the farthest point of one mask is from the other one; the mean over rows. Lower is better.',
  direction: 'minimize',
  range: [0, null],
  best: 0,
  formula:
    'mean over rows of the greater one of both directions: the percentile, over the points of a mask, of the distance to the nearest point of the other one; 0 where both are empty, √(width² + height²) of the image where one is',
  source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.spatial.distance.directed_hausdorff.html',
  params: {
    percentile: {
      kind: 'number',
      min: 0,
      max: 100,
      default: 100,
      words: 'Which percentile of the distances counts, by linear interpolation: 100 is the farthest point.',
    },
    points: {
      kind: 'choice',
      choices: ['all', 'boundary'],
      default: 'all',
      words:
        'Between which points distances are: all pixels of a mask, or those with one of the four next to them outside of it. Percentiles below 100, such as the HD95 of medical images, mean the boundary.',
    },
  },
  prepare: meanOfImages('mask_hausdorff', ({ percentile, points: kind }) => ({
    none: 0,
    one: (width, height) => Math.sqrt(width * width + height * height),
    points: (points) => {
      const [a, b] = [points.truth, points.guess].map((set) => (kind === 'all' ? set : boundaryOf(set, points.size)))
      return Math.max(directed(a!, b!, points, percentile!), directed(b!, a!, points, percentile!))
    },
  })),
}

function directed(from: Uint8Array, to: Uint8Array, points: Points, percentile: number): number {
  const grid = gridOf(points)
  if (percentile === 100) return Math.sqrt(farthest(from, to, grid))
  const squares = squaredDistances(to, grid)
  let [count, zeros] = [0, 0]
  for (let i = 0; i < from.length; i++) {
    count += from[i]!
    if (from[i] === 1 && squares[i] === 0) zeros++
  }
  // Most points of masks that fit are 0 away: only the others are sorted.
  const distances = new Float64Array(count)
  for (let i = 0, at = zeros; i < from.length; i++)
    if (from[i] === 1 && squares[i]! > 0) distances[at++] = Math.sqrt(squares[i]!)
  distances.subarray(zeros).sort()
  return linearQuantile(distances, percentile / 100)
}
