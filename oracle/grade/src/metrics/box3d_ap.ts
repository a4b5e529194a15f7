/** Average precision of boxes in space. Maximize, 0 to 1. Lyft 3D Object Detection on Kaggle, `mAP_evaluation.py` of its development kit. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { type Box3d, box3dIou, boxes3dOf } from './boxes3d.ts'
import { recordsCompared } from './detections.ts'
import type { Metric } from './metric.ts'
import { boxTrial } from './trials.ts'
import { imagesOfClasses, matchMost, vocAveragePrecision } from './vocmatching.ts'

/** 0.5 to 0.95 by 0.05, each the float nearest to its decimal. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => (50 + 5 * i) / 100)

/** What an overlap of two volumes takes of what a comparison of two characters takes: some 740 ns. */
const WORK_OF_VOLUMES = 1_600

export const box3dAp: Metric = {
  version: 1,
  family: 'images',
  id: 'box3d_ap',
  title: 'Average precision of boxes in space',
  words:
    'How well upright boxes are found in each scene: the area under precision over recall, averaged over how much the volumes must overlap, over the classes of the scene, then over scenes.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over rows, thresholds and the classes of the row of voc_ap’s sum, of that row alone, by intersection over union of volumes; a row without true boxes counts 1 where none is predicted, else 0',
  source: 'https://github.com/lyft/nuscenes-devkit/blob/master/lyft_dataset_sdk/eval/detection/mAP_evaluation.py',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: true,
  itemsOf: recordsCompared(8, WORK_OF_VOLUMES),
  params: {
    thresholds: {
      kind: 'numbers',
      min: 0,
      max: 0.999,
      words: 'Intersection over union that a right box is above; 0.5, 0.55, … 0.95 if absent.',
    },
  },
  prepare(truth, params) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => boxes3dOf(truth.columns[0]!, row, false))
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError(
        'truth_degenerate',
        'box3d_ap needs a truth of boxes: class x y z width length height yaw, again and again.',
      )
    const thresholds = params.thresholds ?? THRESHOLDS
    if (thresholds.length === 0) throw new GradeError('params_invalid', 'thresholds has at least one number.')
    return (predictions) => {
      const guess = Array.from({ length: rows }, (_, row) => boxes3dOf(predictions[0]!, row, true))
      if (guess.some((boxes) => boxes === undefined)) return Number.NaN
      return weightedMean(rows, truth.weights, (row) => precisionOf(actual[row]!, guess[row]!, thresholds))
    }
  },
  trial: boxTrial(7),
}

function precisionOf(truth: readonly Box3d[], guess: readonly Box3d[], thresholds: readonly number[]): number {
  if (truth.length === 0) return guess.length === 0 ? 1 : 0
  const scores = [...imagesOfClasses([truth], [guess]).values()].flatMap((images) => {
    const matched = matchMost(images, box3dIou)
    return thresholds.map((threshold) => vocAveragePrecision(matched, threshold, 'all'))
  })
  return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
}
