/** Masks of slices stacked to volumes, and how far two volumes are from each other. */

import { type Grid, squaredDistances } from './distancetransform.ts'
import type { Runs } from './masks.ts'

/** The rows of a volume, the slice of each (from 0 on), and how many points there are along x, y and z. */
export interface Volume {
  readonly rows: Int32Array
  readonly slices: Int32Array
  readonly size: readonly [number, number, number]
}

const DIAGONAL = Math.sqrt(3)

/** Points of a volume or an image, which lie in memory, and of all of them. */
export const MAX_POINTS = 2 ** 25
export const MAX_ALL_POINTS = 2 ** 29

type Masks = (row: number) => Runs

/** Two sets of points in the smallest box that holds both: only there can distances matter. */
export interface Points {
  readonly size: Corner
  readonly truth: Uint8Array
  readonly guess: Uint8Array
}

/** The points of both masks; where one is empty, which of them have any. */
export function pointsOf(volume: Volume, truth: Masks, guess: Masks): Points | { truth: boolean; guess: boolean } {
  const [a, b] = [boundsOf(volume, truth), boundsOf(volume, guess)]
  if (!a || !b) return { truth: a !== undefined, guess: b !== undefined }
  const low = a.low.map((value, axis) => Math.min(value, b.low[axis]!)) as Corner
  const size = a.high.map((value, axis) => Math.max(value, b.high[axis]!) - low[axis]! + 1) as Corner
  return { size, truth: paint(volume, truth, low, size), guess: paint(volume, guess, low, size) }
}

/** The greatest squared distance of a point of `from` to the nearest one of `to`. */
export function farthest(from: Uint8Array, to: Uint8Array, grid: Grid): number {
  const distances = squaredDistances(to, grid)
  let most = 0
  for (let i = 0; i < from.length; i++) if (from[i] === 1 && distances[i]! > most) most = distances[i]!
  return most
}

/**
 * The symmetric Hausdorff distance in a cube of side 1, by its diagonal: 0 for equal volumes, 1 where one is empty, undefined where both are.
 */
export function hausdorff(volume: Volume, truth: Masks, guess: Masks): number | undefined {
  const points = pointsOf(volume, truth, guess)
  if (!('size' in points)) return points.truth || points.guess ? 1 : undefined
  const grid = { size: points.size, spacing: volume.size.map((count) => 1 / count) as Corner }
  const most = Math.max(farthest(points.truth, points.guess, grid), farthest(points.guess, points.truth, grid))
  return Math.sqrt(most) / DIAGONAL
}

type Corner = [number, number, number]

/** The smallest box around all points. */
function boundsOf({ rows, slices, size }: Volume, masks: Masks): { low: Corner; high: Corner } | undefined {
  const [width] = size
  const low: Corner = [Infinity, Infinity, Infinity]
  const high: Corner = [-Infinity, -Infinity, -Infinity]
  const include = (axis: number, value: number): void => {
    low[axis] = Math.min(low[axis]!, value)
    high[axis] = Math.max(high[axis]!, value)
  }
  rows.forEach((row, i) => {
    const runs = masks(row)
    for (let k = 0; k < runs.length; k += 2) {
      const [first, last] = [runs[k]! - 1, runs[k + 1]! - 2]
      const [top, bottom] = [Math.floor(first / width), Math.floor(last / width)]
      include(1, top)
      include(1, bottom)
      include(2, slices[i]!)
      // A run over the end of a line touches both sides.
      include(0, top === bottom ? first % width : 0)
      include(0, top === bottom ? last % width : width - 1)
    }
  })
  return high[0] < 0 ? undefined : { low, high }
}

function paint({ rows, slices, size: [width] }: Volume, masks: Masks, low: Corner, size: Corner): Uint8Array {
  const points = new Uint8Array(size[0] * size[1] * size[2])
  rows.forEach((row, i) => {
    const runs = masks(row)
    const plane = (slices[i]! - low[2]) * size[1]
    for (let k = 0; k < runs.length; k += 2)
      for (let pixel = runs[k]! - 1; pixel < runs[k + 1]! - 1; pixel++)
        points[(plane + Math.floor(pixel / width) - low[1]) * size[0] + (pixel % width) - low[0]] = 1
  })
  return points
}
