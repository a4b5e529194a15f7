/** Average precision of object detection as COCO has it. Maximize, 0 to 1. pycocotools `COCOeval` (bbox). */

import { compensatedSum } from '../arithmetic/sum.ts'
import { type Judged, meanOfClasses, ofCoco } from './cocomatching.ts'
import type { Metric } from './metric.ts'

const RECALLS = Array.from({ length: 101 }, (_, i) => i * (1 / 100))

export const cocoAp: Metric = {
  ...ofCoco,
  id: 'coco_ap',
  title: 'COCO average precision of boxes',
  words:
    'How well boxes of objects are found: precision at 101 recalls, averaged over classes and over how much a box must overlap.',
  formula:
    'mean over classes and thresholds of the mean of interpolated precision at recall 0, 0.01, …, 1; boxes are matched by score, highest first',
  prepare: meanOfClasses('coco_ap', averagePrecision),
}

function averagePrecision(judged: readonly Judged[], all: number): number {
  // Stable: equal scores stay in the order of the images.
  const found = judged.toSorted((a, b) => b.score - a.score)
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
