/** Boxes of a class matched as COCO matches them, image by image: what average precision and average recall count. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import { type Box, type BoxArea, boxesOf, boxIou, boxShare, labeledOf, recordsCompared } from './detections.ts'
import type { Metric, MetricParams, MetricTruth, Scorer } from './metric.ts'

/** 0.5 to 0.95 by 0.05, as NumPy's linspace has them. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => 0.5 + i * ((0.95 - 0.5) / 9))

/** Smallest and largest area that counts, in pixels; both bounds are in it. COCO ends the last one at 10^10. */
const AREAS = {
  all: [0, Number.POSITIVE_INFINITY],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, Number.POSITIVE_INFINITY],
} as const

/** What two boxes take, in those of `recordsCompared`, where they overlap and each threshold looks at them again. */
const WORK_OF_MATCHES = 100

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
  itemsOf: recordsCompared(5, WORK_OF_MATCHES),
  params: {
    thresholds: {
      kind: 'numbers',
      min: 0.01,
      max: 1,
      maxItems: 20,
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
    area: {
      kind: 'choice',
      choices: ['all', 'small', 'medium', 'large'],
      default: 'all',
      words:
        'Which objects count: small ones up to 32² pixels, medium ones from there to 96², large ones from there. Others may be found or not; nor does a box count that finds none and whose own area is another.',
    },
    annotations: {
      kind: 'choice',
      choices: ['boxes', 'coco'],
      default: 'boxes',
      words:
        'What the truth says of an object: class x y width height, or as COCO has it class x y width height area iscrowd. The area of a plain box is its own, that of COCO the one of the mask. A crowd (iscrowd 1) is not to be found, and boxes of its class that lie in it by the threshold do not count.',
    },
  },
  trial: (truth, { annotations }) => ({
    perfect: (rank) => [
      (trueBoxesOf(truth.columns[0]!, rank, annotations) ?? [])
        .filter(({ crowd }) => !crowd)
        .map(({ label, x, y, width, height }) => [label, 1, x, y, width, height].join(' '))
        .join(' '),
    ],
    constant: [''],
  }),
} as const satisfies Partial<Metric>

interface TrueBox extends BoxArea {
  readonly label: string
  readonly area: number
  readonly crowd: boolean
}

/** The boxes of a row of the truth, undefined where the cell is no list of them. */
function trueBoxesOf(column: Column, row: number, annotations: string | undefined): TrueBox[] | undefined {
  if (annotations !== 'coco')
    return boxesOf(column, row, false)?.map((box) => ({ ...box, area: box.width * box.height, crowd: false }))
  const boxes = labeledOf(column, row, 6)?.map(({ label, numbers: [x, y, width, height, area, crowd] }) => ({
    ...{ label, x: x!, y: y!, width: width!, height: height!, area: area! },
    iscrowd: crowd,
  }))
  const fit = boxes?.every(
    ({ width, height, area, iscrowd }) => width > 0 && height > 0 && area >= 0 && (iscrowd === 0 || iscrowd === 1),
  )
  return fit ? boxes!.map(({ iscrowd, ...box }) => ({ ...box, crowd: iscrowd === 1 })) : undefined
}

/** A found box that counts, and whether it found an object that does. */
export interface Judged {
  readonly score: number
  readonly right: boolean
}

/**
 * The mean over classes of the truth and over thresholds of what `score` says of the boxes of a class, in the order of the images and by
 * score, highest first, in each; `all` is how many objects there were to find.
 */
export function meanOfClasses(
  metric: string,
  score: (found: readonly Judged[], all: number) => number,
): (truth: MetricTruth, params: MetricParams) => Scorer {
  return (truth, params) => {
    const { annotations } = params
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => trueBoxesOf(truth.columns[0]!, row, annotations))
    const form = `class x y width height${annotations === 'coco' ? ' area iscrowd' : ''}`
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError('truth_degenerate', `${metric} needs a truth of boxes: ${form}, again and again.`)
    const range = AREAS[params.area as keyof typeof AREAS]
    const images = actual.map((boxes) => byClass(boxes!))
    const wanted = new Map<string, number>()
    for (const image of images)
      for (const [label, boxes] of image) {
        const count = boxes.filter((box) => isWanted(box, range)).length
        if (count > 0) wanted.set(label, (wanted.get(label) ?? 0) + count)
      }
    if (wanted.size === 0)
      throw new GradeError('truth_degenerate', `${metric} needs a truth with at least one box that counts.`)
    const classes = [...wanted.keys()].sort()
    const thresholds = params.thresholds ?? THRESHOLDS
    return (predictions) => {
      const judged = new Map(classes.map((label) => [label, thresholds.map((): Judged[] => [])]))
      for (let row = 0; row < rows; row++) {
        const guess = boxesOf(predictions[0]!, row, true)
        if (!guess) return Number.NaN
        for (const [label, boxes] of byClass(guess)) {
          const found = firstBoxes(boxes, params.max_detections!)
          const into = judged.get(label)
          if (into) judge({ truth: images[row]!.get(label) ?? [], found, range }, thresholds, into)
        }
      }
      const scores = classes.flatMap((label) => judged.get(label)!.map((found) => score(found, wanted.get(label)!)))
      return compensatedSum(scores.length, (i) => scores[i]!) / scores.length
    }
  }
}

const isIn = (area: number, [least, most]: readonly [number, number]): boolean => area >= least && area <= most

/** Whether an object is to be found. */
const isWanted = ({ area, crowd }: TrueBox, range: readonly [number, number]): boolean => !crowd && isIn(area, range)

function byClass<T extends { readonly label: string }>(boxes: readonly T[]): Map<string, T[]> {
  const classes = new Map<string, T[]>()
  for (const box of boxes) {
    const own = classes.get(box.label)
    if (own) own.push(box)
    else classes.set(box.label, [box])
  }
  return classes
}

/** Highest scores first, equal ones in the order of the cell. */
const firstBoxes = (boxes: Box[], most: number): Box[] => boxes.sort((a, b) => b.score - a.score).slice(0, most)

/** The boxes of one class in one image; the found ones by score, highest first, as many as count. */
interface CocoImage {
  readonly truth: readonly TrueBox[]
  readonly found: readonly Box[]
  readonly range: readonly [number, number]
}

/**
 * Adds the found boxes that count to the list of each threshold. A box takes the object that it overlaps most and that is still free, the
 * later of equal ones: one that is wanted before all others, and a crowd also where others took it.
 */
function judge({ truth, found, range }: CocoImage, thresholds: readonly number[], into: readonly Judged[][]): void {
  const wanted = truth.filter((box) => isWanted(box, range))
  const objects = [...wanted, ...truth.filter((box) => !isWanted(box, range))]
  const least = thresholds.map((threshold) => Math.min(threshold, 1 - 1e-10))
  const leastOfAll = least.reduce((a, b) => Math.min(a, b))
  const taken = least.map(() => new Uint8Array(objects.length))
  const near = new Int32Array(objects.length)
  const shares = new Float64Array(objects.length)
  for (const box of found) {
    let count = 0
    for (let k = 0; k < objects.length; k++) {
      const object = objects[k]!
      const share = object.crowd ? boxShare(box, object) : boxIou(box, object)
      if (share < leastOfAll) continue
      near[count] = k
      shares[count++] = share
    }
    for (let t = 0; t < least.length; t++) {
      const own = taken[t]!
      let [best, match] = [least[t]!, -1]
      for (let i = 0; i < count; i++) {
        const k = near[i]!
        if (own[k] === 1) continue
        if (match >= 0 && match < wanted.length && k >= wanted.length) break
        if (shares[i]! < best) continue
        best = shares[i]!
        match = k
      }
      if (match >= 0 && !objects[match]!.crowd) own[match] = 1
      const right = match >= 0 && match < wanted.length
      if (right || (match < 0 && isIn(box.width * box.height, range))) into[t]!.push({ score: box.score, right })
    }
  }
}
