/** Dice coefficient of slices with the Hausdorff distance of volumes. Maximize, 0 to 1. UW-Madison GI Tract Image Segmentation on Kaggle. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { areaOf, masksOf, ofMasks, overlapOf, type Runs } from './masks.ts'
import type { Metric, MetricTruth } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { numbers } from './regression.ts'
import { hausdorff, MAX_ALL_POINTS, MAX_POINTS, type Volume } from './volumes.ts'

export const maskDiceHausdorff: Metric = {
  ...ofMasks,
  id: 'mask_dice_hausdorff',
  title: 'Dice coefficient with Hausdorff distance in space',
  words:
    'How well masks of slices fit, and how far the volume that they make up is from the true one at its farthest point.',
  formula:
    '(1 − w) · mean Dice of rows + w · (1 − mean Hausdorff distance of volumes); a volume is a cube of side 1, a distance is divided by its diagonal, 1 where one of both is empty; rows and volumes whose masks are both empty do not count',
  source: 'https://www.kaggle.com/competitions/uw-madison-gi-tract-image-segmentation/overview/evaluation',
  truthTypes: ['rle', 'integer'],
  truthColumns: [
    { name: 'mask', type: 'rle' },
    { name: 'width', type: 'integer' },
    { name: 'height', type: 'integer' },
    { name: 'slice', type: 'integer' },
  ],
  weights: false,
  groups: 'own',
  params: {
    hausdorff_weight: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.6,
      words: 'How much the distance of volumes counts; Dice counts the rest.',
    },
  },
  prepare(truth, { hausdorff_weight: weight = 0 }) {
    const volumes = volumesOf(truth)
    const actual = masksOf(truth.columns[0]!)
    const [widths, heights] = [numbers(truth.columns[1]!), numbers(truth.columns[2]!)]
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const fits = (runs: Runs, row: number): boolean => (runs.at(-1) ?? 0) <= widths[row]! * heights[row]! + 1
    for (let row = 0; row < rows; row++)
      if (!fits(actual(row), row))
        throw new GradeError('truth_degenerate', 'A mask of the truth has a pixel outside of its image.')
    if (!volumes.some((volume) => volume.rows.some((row) => actual(row).length > 0)))
      throw new GradeError('truth_degenerate', 'mask_dice_hausdorff needs a mask with pixels.')
    return (predictions) => {
      const guess = masksOf(predictions[0]!)
      const scores: number[] = []
      for (let row = 0; row < rows; row++) {
        const [a, b] = [actual(row), guess(row)]
        if (!fits(b, row)) return Number.NaN
        if (a.length + b.length > 0) scores.push((2 * overlapOf(a, b)) / (areaOf(a) + areaOf(b)))
      }
      const dice = compensatedSum(scores.length, (i) => scores[i]!) / scores.length
      if (weight === 0) return dice
      const distances = volumes.map((volume) => hausdorff(volume, actual, guess)).filter((one) => one !== undefined)
      const distance = compensatedSum(distances.length, (i) => distances[i]!) / distances.length
      return (1 - weight) * dice + weight * (1 - distance)
    }
  },
}

function volumesOf(truth: MetricTruth): Volume[] {
  const [widths, heights, numbered] = truth.columns.slice(1).map(numbers) as [Float64Array, Float64Array, Float64Array]
  const fail = (message: string): never => {
    throw new GradeError('truth_degenerate', message)
  }
  let all = 0
  return rowsOfGroups(truth).map((rows) => {
    const [width, height] = [widths[rows[0]!]!, heights[rows[0]!]!]
    if (!(width >= 1 && height >= 1) || rows.some((row) => widths[row] !== width || heights[row] !== height))
      fail('mask_dice_hausdorff needs one width and height, at least 1, for all slices of a group.')
    const slices = [...new Set(Float64Array.from(rows, (row) => numbered[row]!))].sort((a, b) => a - b)
    const places = new Map(slices.map((slice, i) => [slice, i]))
    const points = width * height * slices.length
    all += points
    if (!(points <= MAX_POINTS && all <= MAX_ALL_POINTS))
      fail(`mask_dice_hausdorff takes volumes of up to ${MAX_POINTS} points, and ${MAX_ALL_POINTS} in total.`)
    return {
      rows,
      slices: Int32Array.from(rows, (row) => places.get(numbered[row]!)!),
      size: [width, height, slices.length],
    }
  })
}
