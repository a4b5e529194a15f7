/** Average precision of object detection as the Open Images challenge has it. Maximize, 0 to 1. Its evaluation of 2018 and later. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { type Box, type BoxArea, boxesOf, boxIou, boxShare, labeledOf, recordsCompared } from './detections.ts'
import type { Metric, MetricTruth } from './metric.ts'
import { valueText } from './trials.ts'
import { areaUnderPrecision, imagesOfClasses, type VocImage } from './vocmatching.ts'

interface TrueBox extends BoxArea {
  readonly label: string
  /** Whether it stands for several objects of its class, too close to each other to be told apart. */
  readonly group: boolean
}

export const openImagesAp: Metric = {
  version: 1,
  family: 'images',
  id: 'open_images_ap',
  title: 'Open Images average precision of boxes',
  words:
    'How well boxes of objects are found where a box can stand for a group of objects, and not every class was looked for in every image.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    'mean over classes of Σ (recallᵢ − recallᵢ₋₁) · best precision at recall ≥ recallᵢ; in an image, by score, highest first, a box is right where it overlaps the true object that it overlaps most by the threshold, and is the first to do so; else, where as much of it lies in a group, it counts together with all others there as one right box with the best of their scores',
  source: 'https://storage.googleapis.com/openimages/web/evaluation.html',
  truthTypes: ['list'],
  truthColumns: [
    { name: 'boxes', type: 'list' },
    { name: 'verified', type: 'list' },
  ],
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  itemsOf: recordsCompared(6),
  params: {
    threshold: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 0.5,
      words: 'Least intersection over union with an object, and least part of a box that lies in a group.',
    },
  },
  prepare(truth, params) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const boxes = Array.from({ length: rows }, (_, row) => trueBoxesOf(truth, row))
    if (boxes.every(({ length }) => length === 0))
      throw new GradeError('truth_degenerate', 'open_images_ap needs a truth with at least one box.')
    // In an image, only classes that someone looked for say something of a box.
    const judged = boxes.map(
      (own, row) =>
        new Set([...own.map(({ label }) => label), ...String(valueText(truth.columns[1]!, row)).split(' ')]),
    )
    return (predictions) => {
      const guess = Array.from({ length: rows }, (_, row) => boxesOf(predictions[0]!, row, true))
      if (guess.some((found) => found === undefined)) return Number.NaN
      const found = (guess as Box[][]).map((own, row) => own.filter(({ label }) => judged[row]!.has(label)))
      const scores = Array.from(imagesOfClasses(boxes, found).values(), (images) =>
        averagePrecision(images, params.threshold!),
      )
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    }
  },
  trial: (truth) => ({
    perfect: (rank) => [
      trueBoxesOf(truth, rank)
        .map(({ label, x, y, width, height }) => [label, 1, x, y, width, height].join(' '))
        .join(' '),
    ],
    constant: [''],
  }),
}

function trueBoxesOf({ columns }: MetricTruth, row: number): TrueBox[] {
  const boxes = labeledOf(columns[0]!, row, 5)?.map(({ label, numbers: [group, x, y, width, height] }) => ({
    label,
    group,
    area: { x: x!, y: y!, width: width!, height: height! },
  }))
  if (!boxes?.every(({ group, area }) => (group === 0 || group === 1) && area.width > 0 && area.height > 0))
    throw new GradeError(
      'truth_degenerate',
      'open_images_ap needs a truth of boxes: class group x y width height, again and again, group being 1 or 0.',
    )
  return boxes.map(({ label, group, area }) => ({ label, group: group === 1, ...area }))
}

/** Of one class. */
function averagePrecision(images: readonly VocImage<TrueBox, Box>[], threshold: number): number {
  const all = images.reduce((sum, { truth }) => sum + truth.length, 0)
  const judged = images.flatMap((image) => judge(image, threshold))
  // Stable: equal scores stay in the order of rows and cells.
  judged.sort((a, b) => b.score - a.score)
  return areaUnderPrecision(
    judged.map(({ right }) => right),
    all,
    'all',
  )
}

/** The boxes of an image that count, and each group that boxes lie in as one. */
function judge({ truth, found }: VocImage<TrueBox, Box>, threshold: number): { score: number; right: boolean }[] {
  const objects = truth.filter(({ group }) => !group)
  const groups = truth.filter(({ group }) => group)
  const taken = new Set<TrueBox>()
  const best = new Map<TrueBox, number>()
  const judged: { score: number; right: boolean }[] = []
  for (const box of found.toSorted((a, b) => b.score - a.score)) {
    const object = most(objects, (one) => boxIou(one, box), threshold)
    const right = object !== undefined && !taken.has(object)
    const group = right ? undefined : most(groups, (one) => boxShare(box, one), threshold)
    if (right) taken.add(object)
    if (group) best.set(group, Math.max(best.get(group) ?? 0, box.score))
    else judged.push({ score: box.score, right })
  }
  // As the reference has it, a score of 0 finds no group.
  for (const score of best.values()) if (score > 0) judged.push({ score, right: true })
  return judged
}

/** The one with the greatest share, the first of equal ones, if that is the least that counts. */
function most(boxes: readonly TrueBox[], shareOf: (box: TrueBox) => number, least: number): TrueBox | undefined {
  let [greatest, found] = [-1, undefined as TrueBox | undefined]
  for (const box of boxes) {
    const share = shareOf(box)
    if (share > greatest) [greatest, found] = [share, box]
  }
  return greatest >= least ? found : undefined
}
