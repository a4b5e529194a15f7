/** Boxes of objects in an image, from cells of the form `class x y width height` in the truth and `class score x y width height` in a submission. */

import { parseNumber } from '../csv/number.ts'
import { utf8 } from '../csv/utf8.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'

/** `x`, `y`: the upper left corner. */
export interface BoxArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Box extends BoxArea {
  readonly label: string
  /** 1 in a truth. */
  readonly score: number
}

/** What an overlap of two boxes takes of what a comparison of two characters takes: some 14 to 22 ns. */
const WORK_OF_BOXES = 40

/**
 * `itemsOf` of lists of records of `size` items, where each is compared with each of the true ones: the root of the work, so that a
 * product is what all pairs take.
 */
export const recordsCompared =
  (size: number, work = WORK_OF_BOXES): NonNullable<Metric['itemsOf']> =>
  (text) => ({ length: Math.ceil((Math.sqrt(work) * itemsIn(text)) / size) })

function itemsIn(text: string): number {
  if (text === '') return 0
  let spaces = 0
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) spaces++
  return spaces + 1
}

function numberOf(item: string): number {
  const bytes = utf8(item)
  return parseNumber(bytes, 0, bytes.length)
}

/** What a list holds again and again: a class and some numbers. */
export interface Labeled {
  readonly label: string
  readonly numbers: readonly number[]
}

/** The records of a row, each a class and `count` numbers; undefined where the cell is no list of them. */
export function labeledOf(column: Column, row: number, count: number): Labeled[] | undefined {
  const { codes, labels } = column as LabelColumn
  const text = entryText(labels, codes[row]!)
  if (text === '') return []
  const items = text.split(' ')
  const size = count + 1
  if (items.length % size !== 0) return undefined
  const records: Labeled[] = []
  for (let at = 0; at < items.length; at += size) {
    const numbers = items.slice(at + 1, at + size).map(numberOf)
    if (numbers.some((value) => Number.isNaN(value))) return undefined
    records.push({ label: items[at]!, numbers })
  }
  return records
}

/** The boxes of a row, undefined where the cell is no list of them. */
export function boxesOf(column: Column, row: number, scored: boolean): Box[] | undefined {
  const boxes = labeledOf(column, row, scored ? 5 : 4)?.map(({ label, numbers }): Box => {
    const [score, x, y, width, height] = scored ? numbers : [1, ...numbers]
    return { label, score: score!, x: x!, y: y!, width: width!, height: height! }
  })
  const fit = ({ score, width, height }: Box): boolean => score >= 0 && score <= 1 && width > 0 && height > 0
  return boxes?.every(fit) ? boxes : undefined
}

function sharedArea(a: BoxArea, b: BoxArea): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width <= 0 || height <= 0 ? 0 : width * height
}

/** How much of a box lies in another. */
export const boxShare = (box: BoxArea, other: BoxArea): number => sharedArea(box, other) / (box.width * box.height)

/** Intersection over union, as pycocotools computes it. */
export function boxIou(a: BoxArea, b: BoxArea): number {
  const shared = sharedArea(a, b)
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared)
}
