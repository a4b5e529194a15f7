/** Boxes in space that stand upright and are turned about the vertical axis, and how much two of them overlap. */

import { cosine, sine } from '../arithmetic/angles.ts'
import type { Column } from '../table/columns.ts'
import { labeledOf } from './detections.ts'

type Point = readonly [number, number]

export interface Box3d {
  readonly label: string
  /** 1 in a truth. */
  readonly score: number
  readonly volume: number
  /** Of the center, and half the height. */
  readonly z: number
  readonly rise: number
  /** Of the base, against the clock. */
  readonly corners: readonly Point[]
}

/** The boxes of a row from `class [score] x y z width length height yaw`, undefined where the cell is no list of them. */
export function boxes3dOf(column: Column, row: number, scored: boolean): Box3d[] | undefined {
  const records = labeledOf(column, row, scored ? 8 : 7)
  if (!records) return undefined
  const boxes: Box3d[] = []
  for (const { label, numbers } of records) {
    const [score, x, y, z, width, length, height, yaw] = (scored ? numbers : [1, ...numbers]) as [
      ...[number, number, number, number, number, number, number, number],
    ]
    // Sine and cosine are exact up to 10^5, which is a turn of 15,915 rounds.
    if (!(width > 0 && length > 0 && height > 0 && Math.abs(yaw) < 100_000)) return undefined
    const [c, s] = [cosine(yaw) / 2, sine(yaw) / 2]
    const corner = (along: number, across: number): Point => [
      x + along * length * c - across * width * s,
      y + along * length * s + across * width * c,
    ]
    const corners = [corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)]
    boxes.push({ label, score, z, rise: height / 2, volume: width * length * height, corners })
  }
  return boxes
}

/** Intersection over union of the volumes. */
export function box3dIou(a: Box3d, b: Box3d): number {
  const height = Math.min(a.z + a.rise, b.z + b.rise) - Math.max(a.z - a.rise, b.z - b.rise)
  if (height <= 0) return 0
  const shared = height * sharedArea(a.corners, b.corners)
  return Math.min(1, Math.max(0, shared / (a.volume + b.volume - shared)))
}

/** Of two convex shapes: one is cut off at each side of the other (Sutherland and Hodgman), then measured from its first corner. */
function sharedArea(a: readonly Point[], b: readonly Point[]): number {
  let rest: readonly Point[] = a
  for (let i = 0; i < b.length && rest.length > 0; i++) rest = cutOff(rest, b[i]!, b[(i + 1) % b.length]!)
  let twice = 0
  for (let i = 1; i + 1 < rest.length; i++) twice += cross(rest[0]!, rest[i]!, rest[i + 1]!)
  return twice / 2
}

/** Above 0 where `p` is left of the line from `a` to `b`. */
const cross = (a: Point, b: Point, p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

function cutOff(shape: readonly Point[], from: Point, to: Point): Point[] {
  const kept: Point[] = []
  for (let i = 0; i < shape.length; i++) {
    const [p, q] = [shape[i]!, shape[(i + 1) % shape.length]!]
    const [sideP, sideQ] = [cross(from, to, p), cross(from, to, q)]
    if (sideP >= 0) kept.push(p)
    if (sideP > 0 !== sideQ > 0 && sideP !== 0 && sideQ !== 0) {
      const t = sideP / (sideP - sideQ)
      kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])])
    }
  }
  return kept
}
