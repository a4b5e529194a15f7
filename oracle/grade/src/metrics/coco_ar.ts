/** Average recall of object detection as COCO has it. Maximize, 0 to 1. pycocotools `COCOeval` (bbox, AR@k). */

import { meanOfClasses, ofCoco } from './cocomatching.ts'
import type { Metric } from './metric.ts'

const { thresholds, max_detections, ...others } = ofCoco.params

export const cocoAr: Metric = {
  ...ofCoco,
  id: 'coco_ar',
  title: 'COCO average recall of boxes',
  words:
    'How many of the true boxes are found at all with so many boxes an image, averaged over classes and over how much a box must overlap; wrong boxes cost nothing but their places.',
  formula:
    'mean over classes and thresholds of matched true boxes ÷ true boxes; boxes are matched by score, highest first, max_detections of a class in an image',
  params: {
    thresholds: {
      ...thresholds,
      words: 'Least intersection over union of a match; 0.5, 0.55, … 0.95 if absent.',
    },
    max_detections: { ...max_detections, words: `The k of AR@k. ${max_detections.words}` },
    ...others,
  },
  prepare: meanOfClasses('coco_ar', (found, all) => found.filter(({ right }) => right).length / all),
}
