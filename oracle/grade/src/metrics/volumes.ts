/** Masks of slices stacked to volumes, and how far two volumes are from each other. */

import { squaredDistances } from './distancetransform.ts'
import type { Runs } from './masks.ts'

/** The rows of a volume, the slice of each (from 0 on), and how many points there are along x, y and z. */
export interface Volume {
  readonly rows: Int32Array
  readonly slices: Int32Array
  readonly size: readonly [number, number, number]
}

const DIAGONAL = Math.sqrt(3)

/**
 * The symmetric Hausdorff distance in a cube of side 1, by its diagonal: 0 for equal volumes, 1 where one is empty, undefined where both are.
 */
export function hausdorff(
  volume: Volume,
  truth: (row: number) => Runs,
  guess: (row: number) => Runs,
): number | undefined {
  const boxes = [boundsOf(volume, truth), boundsOf(volume, guess)] as const
  const [a, b] = boxes
  if (!a && !b) return undefined
  if (!a || !b) return 1
  const low = a.low.map((value, axis) => Math.min(value, b.low[axis]!)) as Corner
  const size = a.high.map((value, axis) => Math.max(value, b.high[axis]!) - low[axis]! + 1) as Corner
  const grid = { size, spacing: volume.size.map((count) => 1 / count) as Corner }
  const [left, right] = [paint(volume, truth, low, size), paint(volume, guess, low, size)]
  const directed = (from: Uint8Array, to: Uint8Array): number => {
    const distances = squaredDistances(to, grid)
    let most = 0
    for (let i = 0; i < from.length; i++) if (from[i] === 1 && distances[i]! > most) most = distances[i]!
    return most
  }
  return Math.sqrt(Math.max(directed(left, right), directed(right, left))) / DIAGONAL
}

type Corner = [number, number, number]

/** The smallest box around all points: only there can distances matter. */
function boundsOf(
  { rows, slices, size }: Volume,
  masks: (row: number) => Runs,
): { low: Corner; high: Corner } | undefined {
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

function paint(
  { rows, slices, size: [width] }: Volume,
  masks: (row: number) => Runs,
  low: Corner,
  size: Corner,
): Uint8Array {
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
