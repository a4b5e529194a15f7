/** Average precision of object detection as COCO has it. Maximize, 0 to 1. pycocotools `COCOeval` (bbox, all areas). */

import type { LabelColumn } from '../columns.ts'
import { GradeError } from '../errors.ts'
import { compensatedSum } from '../sum.ts'
import { type Box, boxesOf, boxIou } from './detections.ts'
import type { Metric } from './metric.ts'
import { boxTrial } from './trials.ts'

/** 0.5 to 0.95 by 0.05, as NumPy's linspace has them. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => 0.5 + i * ((0.95 - 0.5) / 9))
const RECALLS = Array.from({ length: 101 }, (_, i) => i * (1 / 100))

export const cocoAp: Metric = {
  version: 1,
  family: 'images',
  id: 'coco_ap',
  title: 'COCO average precision of boxes',
  words:
    'How well boxes of objects are found: precision at 101 recalls, averaged over classes and over how much a box must overlap.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over classes and thresholds of the mean of interpolated precision at recall 0, 0.01, …, 1; boxes are matched by score, highest first',
  source: 'https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  params: {
    thresholds: {
      kind: 'numbers',
      min: 0.01,
      max: 1,
      words: 'Least intersection over union of a match; 0.5, 0.55, … 0.95 if absent. [0.5] gives AP50.',
    },
    max_detections: {
      kind: 'number',
      integer: true,
      min: 1,
      max: 1000,
      default: 100,
      words: 'How many boxes of a class count in an image, highest scores first.',
    },
  },
  prepare(truth, params) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => boxesOf(truth.columns[0]!, row, false))
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError(
        'truth_degenerate',
        'coco_ap needs a truth of boxes: class x y width height, again and again.',
      )
    const classes = [...new Set(actual.flatMap((boxes) => boxes!.map(({ label }) => label)))].sort()
    if (classes.length === 0) throw new GradeError('truth_degenerate', 'coco_ap needs a truth with at least one box.')
    const thresholds = params.thresholds ?? THRESHOLDS
    const most = params.max_detections!
    return (predictions) => {
      const guess = Array.from({ length: rows }, (_, row) => boxesOf(predictions[0]!, row, true))
      if (guess.some((boxes) => boxes === undefined)) return Number.NaN
      const scores = classes.flatMap((label) => {
        const images = Array.from({ length: rows }, (_, row) => ({
          truth: actual[row]!.filter((box) => box.label === label),
          found: firstBoxes(guess[row]!, label, most),
        }))
        return thresholds.map((threshold) => averagePrecision(images, threshold))
      })
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    }
  },
  trial: boxTrial(4),
}

/** Highest scores first, equal ones in the order of the cell. */
const firstBoxes = (boxes: readonly Box[], label: string, most: number): Box[] =>
  boxes
    .filter((box) => box.label === label)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)

interface Image {
  readonly truth: readonly Box[]
  readonly found: readonly Box[]
}

/** Which found boxes of an image match one of the truth: each takes the best that is still free, the later of equal ones. */
function matchesOf({ truth, found }: Image, threshold: number): boolean[] {
  const taken = new Array<boolean>(truth.length).fill(false)
  return found.map((box) => {
    let least = Math.min(threshold, 1 - 1e-10)
    let match = -1
    for (let k = 0; k < truth.length; k++) {
      if (taken[k]) continue
      const iou = boxIou(box, truth[k]!)
      if (iou < least) continue
      least = iou
      match = k
    }
    if (match >= 0) taken[match] = true
    return match >= 0
  })
}

function averagePrecision(images: readonly Image[], threshold: number): number {
  const all = images.reduce((sum, { truth }) => sum + truth.length, 0)
  const found = images.flatMap((image) => {
    const right = matchesOf(image, threshold)
    return image.found.map(({ score }, i) => ({ score, right: right[i]! }))
  })
  // Stable: equal scores stay in the order of the images.
  found.sort((a, b) => b.score - a.score)
  const recall = new Float64Array(found.length)
  const precision = new Float64Array(found.length)
  let right = 0
  for (let i = 0; i < found.length; i++) {
    if (found[i]!.right) right++
    recall[i] = right / all
    precision[i] = right / (i + 1 + 2 ** -52)
  }
  // Precision at a recall is the best at that recall or a higher one.
  for (let i = found.length - 1; i > 0; i--) precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!)
  let at = 0
  return (
    compensatedSum(RECALLS.length, (i) => {
      while (at < found.length && recall[at]! < RECALLS[i]!) at++
      return at < found.length ? precision[at]! : 0
    }) / RECALLS.length
  )
}
