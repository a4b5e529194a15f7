/** What metrics of distances between masks share: a truth with the size of each image, and the points of a row's two masks. */

import { weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { masksOf, ofMasks, type Runs } from './masks.ts'
import type { Metric, MetricParams } from './metric.ts'
import { numbers } from './regression.ts'
import { MAX_POINTS, type Points, pointsOf } from './volumes.ts'

/** Pixels of all images of a truth: a short mask can cover any of them, so that this bounds what a file costs, to half a minute. */
const MAX_ALL_PIXELS = 2 ** 28

export const ofImageMasks = {
  ...ofMasks,
  truthTypes: ['rle', 'integer'],
  truthColumns: [
    { name: 'mask', type: 'rle' },
    { name: 'width', type: 'integer' },
    { name: 'height', type: 'integer' },
  ],
} as const satisfies Partial<Metric>

/** What a row counts: where both masks have points, where one has none, and where both have none. */
export interface RowScore {
  readonly points: (points: Points) => number
  readonly one: (width: number, height: number) => number
  readonly none: number
}

/** The mean over rows; without a value where a mask of the submission has a pixel outside of its image. */
export const meanOfImages =
  (metric: string, rowScore: (params: MetricParams) => RowScore): Metric['prepare'] =>
  (truth, params) => {
    const actual = masksOf(truth.columns[0]!)
    const [widths, heights] = truth.columns.slice(1).map(numbers) as [Float64Array, Float64Array]
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const fits = (runs: Runs, row: number): boolean => (runs.at(-1) ?? 0) <= widths[row]! * heights[row]! + 1
    checkSizes(metric, widths, heights)
    for (let row = 0; row < rows; row++)
      if (!fits(actual(row), row))
        throw new GradeError('truth_degenerate', 'A mask of the truth has a pixel outside of its image.')
    const score = rowScore(params)
    return (predictions) => {
      const guess = masksOf(predictions[0]!)
      return weightedMean(rows, truth.weights, (row) => {
        if (!fits(guess(row), row)) return Number.NaN
        const [width, height] = [widths[row]!, heights[row]!]
        const image = { rows: Int32Array.of(row), slices: Int32Array.of(0), size: [width, height, 1] as const }
        const points = pointsOf(image, actual, guess)
        if ('size' in points) return score.points(points)
        return points.truth || points.guess ? score.one(width, height) : score.none
      })
    }
  }

function checkSizes(metric: string, widths: Float64Array, heights: Float64Array): void {
  let all = 0
  for (let row = 0; row < widths.length; row++) {
    const [width, height] = [widths[row]!, heights[row]!]
    if (!(width >= 1 && height >= 1))
      throw new GradeError('truth_degenerate', `${metric} needs a width and a height, at least 1, of each image.`)
    all += width * height
    if (width * height > MAX_POINTS || all > MAX_ALL_PIXELS)
      throw new GradeError(
        'truth_degenerate',
        `${metric} takes images of up to ${MAX_POINTS} pixels, and ${MAX_ALL_PIXELS} in total.`,
      )
  }
}

/** The points that have one of the four next to them outside of the set; those at the border of the image are among them. */
export function boundaryOf(points: Uint8Array, [width, height]: Points['size']): Uint8Array {
  const boundary = new Uint8Array(points.length)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (points[i] === 0) continue
      const inner =
        x > 0 &&
        x < width - 1 &&
        y > 0 &&
        y < height - 1 &&
        points[i - 1]! + points[i + 1]! + points[i - width]! + points[i + width]! === 4
      if (!inner) boundary[i] = 1
    }
  return boundary
}

/** Distances in pixels. */
export const gridOf = ({ size }: Points) => ({ size, spacing: [1, 1, 1] as const })
