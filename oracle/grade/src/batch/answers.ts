/** Answers that are more than a label: whether the task of the challenge allows one, and whether it says the same as a known one. */

import { type BoxShape, boxAround, type PolygonShape } from '../consensus/boxes.ts'
import { type SpanShape, spanOverlap } from '../consensus/spans.ts'
import { boxIou } from '../metrics/detections.ts'

export interface AnswerRules {
  /** Whether a cell is an answer that the task allows. */
  allows(cell: string): boolean
  /** Whether an answer, which is not equal to the known one, says the same. */
  agrees(cell: string, known: string): boolean
}

type Labeled<Shape> = readonly (Shape & { label: string })[]

/** What is compared of an answer; an answer of another kind agrees with its equal alone. */
export type Marked =
  | { kind: 'spans'; spans: Labeled<SpanShape> }
  | { kind: 'boxes'; boxes: Labeled<BoxShape> }
  | { kind: 'polygons'; polygons: Labeled<PolygonShape> }

/** Intersection over union from which on two parts are one, where the task names none. */
export const KNOWN_IOU = 0.5

/**
 * @param asked what the task asks for: the manifest's `labeling.task.answer`
 * @param read the answer in a cell; undefined where the task does not allow it
 */
export function answerRules(
  { iou = KNOWN_IOU }: { kind: string; iou?: number | undefined },
  read: (cell: string) => Marked | { kind: string } | undefined,
): AnswerRules {
  return {
    allows: (cell) => read(cell) !== undefined,
    agrees: (cell, known) => {
      const [one, other] = [read(cell), read(known)]
      return one !== undefined && other !== undefined && sameParts(one as Marked, other as Marked, iou)
    },
  }
}

function sameParts(one: Marked, other: Marked, iou: number): boolean {
  if (one.kind === 'spans' && other.kind === 'spans') return areSame(one.spans, other.spans, spanOverlap, iou)
  if (one.kind === 'boxes' && other.kind === 'boxes') return areSame(one.boxes, other.boxes, boxIou, iou)
  if (one.kind === 'polygons' && other.kind === 'polygons')
    return areSame(one.polygons, other.polygons, (a, b) => boxIou(boxAround(a), boxAround(b)), iou)
  return false
}

/**
 * Whether each part has one of its own among the others, of the same label and overlapping by at least `iou`, and none is left over. Pairs
 * are made from the largest overlap down, of equal ones in the order of the parts, as detections are matched with objects (COCO).
 */
function areSame<Shape>(
  ones: Labeled<Shape>,
  others: Labeled<Shape>,
  overlapOf: (a: Shape, b: Shape) => number,
  iou: number,
): boolean {
  if (ones.length !== others.length) return false
  const pairs = ones.flatMap((one, a) =>
    others.flatMap((other, b) => {
      const overlap = one.label === other.label ? overlapOf(one, other) : 0
      return overlap >= iou ? [{ overlap, a, b }] : []
    }),
  )
  pairs.sort((x, y) => y.overlap - x.overlap || x.a - y.a || x.b - y.b)
  const [left, right] = [new Set<number>(), new Set<number>()]
  for (const { a, b } of pairs) {
    if (left.has(a) || right.has(b)) continue
    left.add(a)
    right.add(b)
  }
  return left.size === ones.length
}
