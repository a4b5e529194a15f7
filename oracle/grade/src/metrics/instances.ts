/** Masks of several objects in an image, from cells of type list: an item each, its runs `start:length` joined by `+`, such as `1:4+11:2`. */

import { entryText } from '../bytetable.ts'
import type { Column, LabelColumn } from '../columns.ts'
import { areaOf, overlapOf, type Runs } from './masks.ts'

const RUN = /^([1-9]\d{0,14}):([1-9]\d{0,14})$/
const PIXELS = 2 ** 48

/** The masks of a row; undefined where the cell is no list of them, or two of them share a pixel. */
export function instancesOf(column: Column, row: number): Runs[] | undefined {
  const { codes, labels } = column as LabelColumn
  const text = entryText(labels, codes[row]!)
  if (text === '') return []
  const masks: Runs[] = []
  for (const item of text.split(' ')) {
    const runs = item.split('+').map((run) => RUN.exec(run))
    const ends = new Float64Array(runs.length * 2)
    let behind = 1
    for (const [i, run] of runs.entries()) {
      if (!run) return undefined
      const start = Number(run[1])
      if (start < behind) return undefined
      behind = start + Number(run[2])
      if (behind > PIXELS) return undefined
      ends[2 * i] = start
      ends[2 * i + 1] = behind
    }
    masks.push(ends)
  }
  return disjoint(masks) ? masks : undefined
}

/** Sorted by their starts, no run may begin before the end of the one before it. */
function disjoint(masks: readonly Runs[]): boolean {
  const runs = masks.flatMap((mask) =>
    Array.from({ length: mask.length / 2 }, (_, i) => [mask[2 * i]!, mask[2 * i + 1]!] as const),
  )
  runs.sort((a, b) => a[0] - b[0])
  return runs.every(([start], i) => i === 0 || start >= runs[i - 1]![1])
}

/** Of each predicted mask the greatest intersection over union with a true one: above 0.5 there is at most one for each. */
export function bestOverlaps(truth: readonly Runs[], predicted: readonly Runs[]): number[] {
  const areas = truth.map(areaOf)
  return predicted.map((mask) => {
    const area = areaOf(mask)
    let best = 0
    for (let i = 0; i < truth.length; i++) {
      const shared = overlapOf(truth[i]!, mask)
      best = Math.max(best, shared / (areas[i]! + area - shared))
    }
    return best
  })
}
