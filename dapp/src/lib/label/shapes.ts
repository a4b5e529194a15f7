/** Boxes and polygons on a picture, in its own pixels, without a document: how pointers and keys change them. */
import type { Box, Point, Polygon } from '@stellartrain/ipfs-content/labeling'

export type Size = { width: number; height: number }

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
/** Hundredths of a pixel, as answers have them. */
const rounded = (value: number): number => Math.round(value * 100) / 100

export const pointIn = ({ width, height }: Size, [x, y]: Point): Point => [
  rounded(within(x, width)),
  rounded(within(y, height)),
]

/** The box between two corners. */
export function boxBetween(size: Size, from: Point, to: Point, label: string): Box {
  const [ax, ay] = pointIn(size, from)
  const [bx, by] = pointIn(size, to)
  const [x, y] = [Math.min(ax, bx), Math.min(ay, by)]
  return { height: rounded(Math.max(ay, by) - y), label, width: rounded(Math.max(ax, bx) - x), x, y }
}

/** Moved as far as the picture reaches. */
export function movedBox({ width, height }: Size, box: Box, dx: number, dy: number): Box {
  return {
    ...box,
    x: rounded(within(box.x + dx, width - box.width)),
    y: rounded(within(box.y + dy, height - box.height)),
  }
}

/** Its right and lower sides moved; a pixel is left of it. */
export function resizedBox({ width, height }: Size, box: Box, dx: number, dy: number): Box {
  const least = 1
  return {
    ...box,
    width: rounded(Math.max(least, Math.min(box.width + dx, width - box.x))),
    height: rounded(Math.max(least, Math.min(box.height + dy, height - box.y))),
  }
}

export type Corner = 'nw' | 'ne' | 'sw' | 'se'
export const CORNERS: readonly Corner[] = ['nw', 'ne', 'sw', 'se']

export const cornerOf = ({ x, y, width, height }: Box, corner: Corner): Point => [
  corner.endsWith('w') ? x : x + width,
  corner.startsWith('n') ? y : y + height,
]

export const opposite = (corner: Corner): Corner =>
  `${corner.startsWith('n') ? 's' : 'n'}${corner.endsWith('w') ? 'e' : 'w'}` as Corner

export const boxHas = ({ x, y, width, height }: Box, [px, py]: Point): boolean =>
  px >= x && px <= x + width && py >= y && py <= y + height

/** By the even-odd rule. */
export function polygonHas({ points }: Pick<Polygon, 'points'>, [px, py]: Point): boolean {
  let inside = false
  for (let at = 0, before = points.length - 1; at < points.length; before = at++) {
    const [x, y] = points[at]!
    const [bx, by] = points[before]!
    if (y > py !== by > py && px < ((bx - x) * (py - y)) / (by - y) + x) inside = !inside
  }
  return inside
}

/** The one that a finger means: the smallest of those that hold the point; -1 for none. */
export function smallestAt<T>(all: readonly T[], has: (one: T) => boolean, area: (one: T) => number): number {
  let found = -1
  all.forEach((one, at) => {
    if (has(one) && (found < 0 || area(one) < area(all[found]!))) found = at
  })
  return found
}

export const apart = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by)

/** What the arrow keys ask for, in pixels; larger with Ctrl or Alt. */
export function arrowStep({
  key,
  ctrlKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey'>): Point | undefined {
  const step = ctrlKey || altKey ? 10 : 1
  const steps: Record<string, Point> = {
    ...{ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] },
  }
  return steps[key]
}
