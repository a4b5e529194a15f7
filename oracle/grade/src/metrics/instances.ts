/** Masks of several objects in an image, from cells of type list: an item each, its runs `start:length` joined by `+`, such as `1:4+11:2`. */

import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import { areaOf, type Runs } from './masks.ts'

const RUN = /^([1-9]\d{0,14}):([1-9]\d{0,14})$/
const PIXELS = 2 ** 48

/** The masks of a row; undefined where the cell is no list of them, or two of them share a pixel. */
export function instancesOf(column: Column, row: number): Runs[] | undefined {
  const masks: Runs[] = []
  for (const item of cellItems(column, row)) {
    const mask = maskOf(item)
    if (!mask) return undefined
    masks.push(mask)
  }
  return disjoint(masks) ? masks : undefined
}

/** A mask of an object of a class. */
export interface Segment {
  readonly label: string
  readonly mask: Runs
}

/** The same where a class stands before each mask. */
export function segmentsOf(column: Column, row: number): Segment[] | undefined {
  const items = cellItems(column, row)
  if (items.length % 2 !== 0) return undefined
  const segments: Segment[] = []
  for (let at = 0; at < items.length; at += 2) {
    const mask = maskOf(items[at + 1]!)
    if (!mask) return undefined
    segments.push({ label: items[at]!, mask })
  }
  return disjoint(segments.map(({ mask }) => mask)) ? segments : undefined
}

function cellItems(column: Column, row: number): string[] {
  const { codes, labels } = column as LabelColumn
  const text = entryText(labels, codes[row]!)
  return text === '' ? [] : text.split(' ')
}

function maskOf(item: string): Runs | undefined {
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
  return ends
}

/** A run of one of several masks. */
interface OwnedRun {
  readonly start: number
  readonly end: number
  readonly owner: number
}

const runsByStart = (masks: readonly Runs[]): OwnedRun[] =>
  masks
    .flatMap((mask, owner) =>
      Array.from({ length: mask.length / 2 }, (_, i) => ({ start: mask[2 * i]!, end: mask[2 * i + 1]!, owner })),
    )
    .sort((a, b) => a.start - b.start)

/** Sorted by their starts, no run may begin before the end of the one before it. */
const disjoint = (masks: readonly Runs[]): boolean =>
  runsByStart(masks).every(({ start }, i, runs) => i === 0 || start >= runs[i - 1]!.end)

/** A mask of one side and one of the other that share pixels. */
export interface Overlap {
  readonly truth: number
  readonly predicted: number
  readonly pixels: number
}

/** All of them, in one pass over the runs of both sides; on each side, no two masks share a pixel. */
export function overlapsOf(truth: readonly Runs[], predicted: readonly Runs[]): Overlap[] {
  const [a, b] = [runsByStart(truth), runsByStart(predicted)]
  const overlaps = new Map<number, { truth: number; predicted: number; pixels: number }>()
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const [own, other] = [a[i]!, b[j]!]
    const pixels = Math.min(own.end, other.end) - Math.max(own.start, other.start)
    if (pixels > 0) {
      const key = own.owner * predicted.length + other.owner
      const known = overlaps.get(key)
      if (known) known.pixels += pixels
      else overlaps.set(key, { truth: own.owner, predicted: other.owner, pixels })
    }
    if (own.end <= other.end) i++
    if (other.end <= own.end) j++
  }
  return [...overlaps.values()]
}

/** Of each predicted mask the greatest intersection over union with a true one: above 0.5 there is at most one for each. */
export function bestOverlaps(truth: readonly Runs[], predicted: readonly Runs[]): Float64Array {
  const [areas, guessed] = [truth.map(areaOf), predicted.map(areaOf)]
  const best = new Float64Array(predicted.length)
  for (const { truth: t, predicted: p, pixels } of overlapsOf(truth, predicted))
    best[p] = Math.max(best[p]!, pixels / (areas[t]! + guessed[p]! - pixels))
  return best
}
