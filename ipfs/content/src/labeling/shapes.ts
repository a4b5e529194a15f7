/** Boxes and polygons of an answer, in pixels of the image, its upper left corner being 0, 0. */
import { PIXEL_PARTS, PIXELS_MAX, POLYGON_MAX_POINTS } from './limits.ts'
import { partsOf } from './parts.ts'
import { type ItemValues, refuse, valueIn } from './refuse.ts'
import type { TaskAnswer } from './task-shape.ts'

/** `x`, `y`: the upper left corner. */
export type Box = { height: number; label: string; width: number; x: number; y: number }
export type Point = [x: number, y: number]
/** Closed: the last point is joined to the first. */
export type Polygon = { label: string; points: Point[] }

type BoxTask = Extract<TaskAnswer, { kind: 'boxes' }>
type PolygonTask = Extract<TaskAnswer, { kind: 'polygons' }>

const inParts = (pixels: number): number => Math.round(pixels * PIXEL_PARTS)
const rounded = (pixels: number): number => inParts(pixels) / PIXEL_PARTS

/** @returns the boxes by x, y, width and height */
export function boxesOf({ labels, most, size }: BoxTask, given: unknown, item: ItemValues | undefined) {
  const image = sizeOf(size, item)
  const keys = ['height', 'label', 'width', 'x', 'y']
  return partsOf<Box>(given, { name: 'boxes', keys, labels, most }, ({ part, path, label }) => {
    const x = coordinate(part.x, image.width, `${path}.x`)
    const y = coordinate(part.y, image.height, `${path}.y`)
    const side = (value: unknown, from: number, end: number, name: string): number => {
      if (!isNumber(value) || inParts(value) < 1) return refuse(`${path}.${name}`, 'is not a number of pixels above 0.')
      if (inParts(from) + inParts(value) > inParts(end))
        return refuse(`${path}.${name}`, `reaches beyond the image, which ends at ${end}.`)
      return rounded(value)
    }
    const width = side(part.width, x, image.width, 'width')
    const height = side(part.height, y, image.height, 'height')
    return { part: { height, label, width, x, y }, order: [x, y, width, height] }
  })
}

/** @returns the polygons by their points, which stay in the order in which they were set */
export function polygonsOf(
  { labels, most, mostPoints = POLYGON_MAX_POINTS, size }: PolygonTask,
  given: unknown,
  item: ItemValues | undefined,
) {
  const image = sizeOf(size, item)
  return partsOf<Polygon>(given, { name: 'polygons', keys: ['label', 'points'], labels, most }, (of) => {
    const path = `${of.path}.points`
    const { points } = of.part
    if (!Array.isArray(points) || points.length < 3 || points.length > mostPoints)
      return refuse(path, `is not a list of 3 to ${mostPoints} points.`)
    const read = points.map((point: unknown, at): Point => {
      if (!Array.isArray(point) || point.length !== 2) return refuse(`${path}.${at}`, 'is not a point [x, y].')
      return [
        coordinate(point[0], image.width, `${path}.${at}.0`),
        coordinate(point[1], image.height, `${path}.${at}.1`),
      ]
    })
    if (doubleArea(read) === 0) return refuse(path, 'encloses nothing.')
    return { part: { label: of.label, points: read }, order: read.flat() }
  })
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function coordinate(value: unknown, end: number, path: string): number {
  if (!isNumber(value)) return refuse(path, 'is not a number of pixels.')
  if (value < 0 || value > end) return refuse(path, `is ${value}; the image goes from 0 to ${end}.`)
  return rounded(value)
}

/** The size of the image where the item file says it; without, what no coordinate exceeds. */
function sizeOf(size: BoxTask['size'], item: ItemValues | undefined): { width: number; height: number } {
  const pixels = (column: string | undefined) => {
    const value = column === undefined ? undefined : valueIn(item, column)
    return value !== undefined && /^[1-9]\d{0,5}$/.test(value) ? Math.min(Number(value), PIXELS_MAX) : PIXELS_MAX
  }
  return { width: pixels(size?.width), height: pixels(size?.height) }
}

/** Twice the signed area: the shoelace formula. */
export function doubleArea(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length]!
    return sum + x * nextY - nextX * y
  }, 0)
}
