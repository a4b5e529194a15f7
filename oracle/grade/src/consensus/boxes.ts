/** Consensus of boxes and polygons on an image: clusters by overlap; a box is the median of its edges, a polygon the one in the middle of its cluster. */

import { type BoxArea as BoxShape, boxIou } from '../metrics/detections.ts'
import { type ClusterOptions, clusterParts, median, type Part } from './clusters.ts'

export type { BoxShape }
export interface PolygonShape {
  readonly points: readonly (readonly [x: number, y: number])[]
}

interface Agreed {
  readonly label: string
  readonly confidence: number
  readonly labelers: readonly string[]
}
export type AgreedBox = BoxShape & Agreed
export type AgreedPolygon = PolygonShape & Agreed

/**
 * The overlap is the intersection over union. Left, upper, right and lower edge are medians, each by itself; boxes are sorted by x, y and
 * label. Throws as `clusterParts`.
 */
export function boxConsensus(
  boxes: readonly Part<BoxShape>[],
  labelers: readonly string[],
  options?: ClusterOptions,
): AgreedBox[] {
  return clusterParts(boxes, labelers, boxIou, options)
    .map(({ label, parts, confidence }) => {
      const of = (edge: (box: BoxShape) => number) => median(parts.map(({ shape }) => edge(shape)))
      const [x, y] = [of((box) => box.x), of((box) => box.y)]
      const [right, lower] = [of((box) => box.x + box.width), of((box) => box.y + box.height)]
      const by = parts.map(({ labeler }) => labeler)
      return { x, y, width: right - x, height: lower - y, label, confidence, labelers: by }
    })
    .sort((a, b) => a.x - b.x || a.y - b.y || (a.label < b.label ? -1 : 1))
}

/**
 * Polygons are clustered by the intersection over union of the boxes around them. Each cluster is the polygon that overlaps with the others
 * most, of equal ones the first by its labeler. Throws as `clusterParts`.
 */
export function polygonConsensus(
  polygons: readonly Part<PolygonShape>[],
  labelers: readonly string[],
  options?: ClusterOptions,
): AgreedPolygon[] {
  const overlapOf = (a: PolygonShape, b: PolygonShape) => boxIou(boxAround(a), boxAround(b))
  return clusterParts(polygons, labelers, overlapOf, options)
    .map(({ label, parts, confidence }) => {
      const sums = parts.map(({ shape }) => parts.reduce((sum, other) => sum + overlapOf(shape, other.shape), 0))
      const { points } = parts[sums.indexOf(Math.max(...sums))]!.shape
      return { points, label, confidence, labelers: parts.map(({ labeler }) => labeler) }
    })
    .sort(
      (a, b) => a.points[0]![0] - b.points[0]![0] || a.points[0]![1] - b.points[0]![1] || (a.label < b.label ? -1 : 1),
    )
}

export function boxAround({ points }: PolygonShape): BoxShape {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
