/** Panoptic quality of segments with classes. Maximize, 0 to 1. Kirillov et al. 2019; panopticapi `pq_compute`. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { entryText } from '../table/bytetable.ts'
import type { LabelColumn } from '../table/columns.ts'
import { overlapsOf, type Segment, segmentsOf } from './instances.ts'
import { areaOf } from './masks.ts'
import type { Metric } from './metric.ts'

export const panopticQuality: Metric = {
  version: 1,
  family: 'images',
  id: 'panoptic_quality',
  title: 'Panoptic quality',
  words: 'How well an image is taken apart into segments of classes: whether each one is found, and how well it fits.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over classes of Σ intersection over union of matched segments ÷ (TP + FP ÷ 2 + FN ÷ 2), over all images; segments of a class match where the ratio is above 0.5. Pixels without a true segment count for nothing, nor does a predicted segment with more than half of its pixels there',
  source: 'https://github.com/cocodataset/panopticapi/blob/master/panopticapi/evaluation.py',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  params: {
    quality: {
      kind: 'choice',
      choices: ['pq', 'sq', 'rq'],
      default: 'pq',
      words:
        'pq: the whole. sq: the segmentation alone, the mean ratio of what matched. rq: the recognition alone, TP ÷ (TP + FP ÷ 2 + FN ÷ 2).',
    },
    labels: {
      kind: 'labels',
      words: 'The classes that are averaged, such as those of things; all that are in truth or submission if absent.',
    },
  },
  prepare(truth, { quality, labels }) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => segmentsOf(truth.columns[0]!, row))
    if (actual.some((segments) => segments === undefined))
      throw new GradeError(
        'truth_degenerate',
        'panoptic_quality needs a truth of classes and masks such as cat 1:4+11:2 sky 40:3, of which no two share a pixel.',
      )
    const only = labels && new Set(labels.map(String))
    const counts = (label: string): boolean => only === undefined || only.has(label)
    if (!actual.some((segments) => segments!.some(({ label }) => counts(label))))
      throw new GradeError('truth_degenerate', 'panoptic_quality needs a truth with a segment of a class that counts.')
    return (predictions) => {
      const classes = new Map<string, Counts>()
      for (let row = 0; row < rows; row++) {
        const guess = segmentsOf(predictions[0]!, row)
        if (!guess) return Number.NaN
        countImage(actual[row]!, guess, classes)
      }
      const scores = [...classes]
        .filter(([label]) => counts(label))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, own]) => qualityOf(own, quality!))
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
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

/** What is counted of a class over all images. */
interface Counts {
  /** Of each match. */
  readonly ratios: number[]
  wrong: number
  missed: number
}

function qualityOf({ ratios, wrong, missed }: Counts, quality: string): number {
  const right = ratios.length
  const all = right + wrong / 2 + missed / 2
  if (quality === 'rq') return right / all
  const sum = compensatedSum(right, (i) => ratios[i]!)
  if (quality === 'sq') return right === 0 ? 0 : sum / right
  return sum / all
}

function countImage(truth: readonly Segment[], guess: readonly Segment[], classes: Map<string, Counts>): void {
  const countsOf = (label: string): Counts => {
    const own = classes.get(label) ?? { ratios: [], wrong: 0, missed: 0 }
    classes.set(label, own)
    return own
  }
  const [areas, guessed] = [truth, guess].map((segments) => segments.map(({ mask }) => areaOf(mask)))
  const overlaps = overlapsOf(
    truth.map(({ mask }) => mask),
    guess.map(({ mask }) => mask),
  )
  // Of each predicted segment the pixels that some true one has.
  const known = new Float64Array(guess.length)
  for (const { predicted, pixels } of overlaps) known[predicted]! += pixels
  const found = new Uint8Array(truth.length)
  const right = new Uint8Array(guess.length)
  for (const { truth: t, predicted: p, pixels } of overlaps) {
    const { label } = truth[t]!
    if (label !== guess[p]!.label) continue
    const ratio = pixels / (areas![t]! + known[p]! - pixels)
    // Above 0.5 there is one for each segment, at most.
    if (ratio <= 0.5) continue
    countsOf(label).ratios.push(ratio)
    found[t] = 1
    right[p] = 1
  }
  for (const [t, { label }] of truth.entries()) if (found[t] === 0) countsOf(label).missed++
  for (const [p, { label }] of guess.entries())
    if (right[p] === 0 && (guessed![p]! - known[p]!) / guessed![p]! <= 0.5) countsOf(label).wrong++
}
