/** Average precision of object detection as PASCAL VOC has it. Maximize, 0 to 1. The development kit of VOC 2010. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { type Box, boxesOf, boxIou, recordsCompared } from './detections.ts'
import type { Metric } from './metric.ts'
import { boxTrial } from './trials.ts'
import { type Interpolation, imagesOfClasses, matchMost, vocAveragePrecision } from './vocmatching.ts'

export const vocAp: Metric = {
  version: 1,
  family: 'images',
  id: 'voc_ap',
  title: 'PASCAL VOC average precision of boxes',
  words:
    'How well boxes of objects are found: the area under precision over recall of each class, averaged over classes.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over classes of Σ (recallᵢ − recallᵢ₋₁) · best precision at recall ≥ recallᵢ; by score, highest first, a box is right where it overlaps the true box that it overlaps most by more than the threshold, and is the first to do so',
  source: 'http://host.robots.ox.ac.uk/pascal/VOC/voc2010/devkit_doc_08-May-2010.pdf',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  itemsOf: recordsCompared(5),
  params: {
    threshold: {
      kind: 'number',
      min: 0,
      below: 1,
      default: 0.5,
      words: 'Intersection over union that a right box is above.',
    },
    interpolation: {
      kind: 'choice',
      choices: ['all', 'eleven'],
      default: 'all',
      words: 'all: at each recall that is reached (VOC 2010 and later). eleven: at recall 0, 0.1, … 1 (before).',
    },
  },
  prepare(truth, params) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => boxesOf(truth.columns[0]!, row, false))
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError(
        'truth_degenerate',
        'voc_ap needs a truth of boxes: class x y width height, again and again.',
      )
    const boxes = actual as Box[][]
    if (boxes.every(({ length }) => length === 0))
      throw new GradeError('truth_degenerate', 'voc_ap needs a truth with at least one box.')
    return (predictions) => {
      const guess = Array.from({ length: rows }, (_, row) => boxesOf(predictions[0]!, row, true))
      if (guess.some((boxes) => boxes === undefined)) return Number.NaN
      const scores = [...imagesOfClasses(boxes, guess as Box[][]).values()].map((images) =>
        vocAveragePrecision(matchMost(images, boxIou), params.threshold!, params.interpolation as Interpolation),
      )
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    }
  },
  trial: boxTrial(4),
}
