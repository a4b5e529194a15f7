/** Mean precision of instance masks over thresholds of overlap. Maximize, 0 to 1. Data Science Bowl 2018, Sartorius, TGS Salt on Kaggle. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { entryText } from '../table/bytetable.ts'
import type { LabelColumn } from '../table/columns.ts'
import { bestOverlaps, instancesOf } from './instances.ts'
import type { Metric } from './metric.ts'

/** 0.5 to 0.95 by 0.05, each the float nearest to its decimal. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => (50 + 5 * i) / 100)

export const maskMap: Metric = {
  version: 1,
  family: 'images',
  id: 'mask_map',
  title: 'Mean precision of instance masks',
  words:
    'How well the masks of single objects are found: right ones by right, wrong and missing ones, averaged over how much a mask must overlap, then over images.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over rows of the mean over thresholds t of TP ÷ (TP + FP + FN); a mask is right where intersection over union with a true one is above t',
  source: 'https://www.kaggle.com/competitions/sartorius-cell-instance-segmentation/overview/evaluation',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: true,
  params: {
    thresholds: {
      kind: 'numbers',
      min: 0.5,
      max: 0.999,
      words:
        'How much a mask must overlap a true one, above 0.5 so that it is one of them; 0.5, 0.55, … 0.95 if absent.',
    },
  },
  prepare(truth, params) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => instancesOf(truth.columns[0]!, row))
    if (actual.some((masks) => masks === undefined))
      throw new GradeError(
        'truth_degenerate',
        'mask_map needs a truth of masks such as 1:4+11:2 40:3, of which no two share a pixel.',
      )
    const thresholds = params.thresholds ?? THRESHOLDS
    return (predictions) => {
      const guess = Array.from({ length: rows }, (_, row) => instancesOf(predictions[0]!, row))
      if (guess.some((masks) => masks === undefined)) return Number.NaN
      return weightedMean(rows, truth.weights, (row) => {
        const [masks, found] = [actual[row]!, guess[row]!]
        if (masks.length === 0 && found.length === 0) return 1
        const overlaps = bestOverlaps(masks, found)
        const all = masks.length + found.length
        const precision = (threshold: number): number => {
          const right = overlaps.filter((overlap) => overlap > threshold).length
          return right / (all - right)
        }
        return compensatedSum(thresholds.length, (i) => precision(thresholds[i]!)) / thresholds.length
      })
    }
  },
  trial: (truth) => ({
    perfect: (rank) => {
      const { codes, labels } = truth.columns[0] as LabelColumn
      return [entryText(labels, codes[rank]!)]
    },
    constant: [''],
  }),
}
