/** Boxes of a class matched as COCO matches them, image by image: what average precision and average recall count. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { type Box, boxesOf, boxIou } from './detections.ts'
import type { Metric, MetricParams, MetricTruth, Scorer } from './metric.ts'
import { boxTrial } from './trials.ts'

/** 0.5 to 0.95 by 0.05, as NumPy's linspace has them. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => 0.5 + i * ((0.95 - 0.5) / 9))

export const ofCoco = {
  version: 1,
  family: 'images',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
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
  trial: boxTrial(4),
} as const satisfies Partial<Metric>

/** The boxes of one class in one image; the found ones by score, highest first, as many as count. */
export interface CocoImage {
  readonly truth: readonly Box[]
  readonly found: readonly Box[]
}

/** The mean over classes of the truth and over thresholds of what `score` says of the images that have the class. */
export function meanOfClasses(
  metric: string,
  score: (images: readonly CocoImage[], threshold: number) => number,
): (truth: MetricTruth, params: MetricParams) => Scorer {
  return (truth, params) => {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => boxesOf(truth.columns[0]!, row, false))
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError(
        'truth_degenerate',
        `${metric} needs a truth of boxes: class x y width height, again and again.`,
      )
    const classes = [...new Set(actual.flatMap((boxes) => boxes!.map(({ label }) => label)))].sort()
    if (classes.length === 0) throw new GradeError('truth_degenerate', `${metric} needs a truth with at least one box.`)
    const thresholds = params.thresholds ?? THRESHOLDS
    const ownBoxes = actual.map((boxes) => byClass(boxes!))
    return (predictions) => {
      const images = new Map(classes.map((label): [string, CocoImage[]] => [label, []]))
      for (let row = 0; row < rows; row++) {
        const guess = boxesOf(predictions[0]!, row, true)
        if (!guess) return Number.NaN
        const found = byClass(guess)
        for (const label of new Set([...ownBoxes[row]!.keys(), ...found.keys()]))
          images.get(label)?.push({
            truth: ownBoxes[row]!.get(label) ?? [],
            found: firstBoxes(found.get(label) ?? [], params.max_detections!),
          })
      }
      const scores = classes.flatMap((label) => thresholds.map((threshold) => score(images.get(label)!, threshold)))
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    }
  }
}

function byClass(boxes: readonly Box[]): Map<string, Box[]> {
  const classes = new Map<string, Box[]>()
  for (const box of boxes) {
    const own = classes.get(box.label)
    if (own) own.push(box)
    else classes.set(box.label, [box])
  }
  return classes
}

/** Highest scores first, equal ones in the order of the cell. */
const firstBoxes = (boxes: Box[], most: number): Box[] => boxes.sort((a, b) => b.score - a.score).slice(0, most)

/** Which found boxes of an image match one of the truth: each takes the best that is still free, the later of equal ones. */
export function matchesOf({ truth, found }: CocoImage, threshold: number): boolean[] {
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

/** How many true boxes there are in the images. */
export const boxesIn = (images: readonly CocoImage[]): number =>
  images.reduce((sum, { truth }) => sum + truth.length, 0)
