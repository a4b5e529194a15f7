/** Splits files into parts of neighbouring ids: every part has the rows of its ids from truth and submission, and is read for itself. */

import { compareBytes } from '../csv/utf8.ts'
import { createProblems, type Problems } from '../problems.ts'
import { type RowReader, readRows } from './rows.ts'
import type { Scratch } from './scratch.ts'

/** The first ids of all parts but the first. */
export type Bounds = readonly Uint8Array[]

export interface Source extends Pick<RowReader, 'idColumn' | 'wanted' | 'extraColumns'> {
  readonly path: string
  readonly name: 'truth' | 'submission'
}

/** One row of so many is looked at to find the bounds. */
const SAMPLED = 256

/** Bounds of about `parts` parts of the same size; fewer where a file has fewer ids. */
export function findBounds(truth: Source, parts: number): Bounds {
  const sample: Uint8Array[] = []
  let row = 0
  readRows(truth.path, createProblems(1, { firstOnly: true }), {
    ...truth,
    row({ source }, _, start, end) {
      if (row++ % SAMPLED === 0) sample.push(source.slice(start, end))
      return true
    },
  })
  sample.sort(compareBytes)
  const bounds: Uint8Array[] = []
  for (let part = 1; part < parts; part++) {
    const id = sample[Math.floor((part * sample.length) / parts)]
    if (id && compareBytes(bounds.at(-1) ?? sample[0]!, id) < 0) bounds.push(id)
  }
  return bounds
}

/** The part of an id. */
export function partOf(bounds: Bounds, bytes: Uint8Array, start: number, end: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBelow(bytes, start, end, bounds[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

function isBelow(bytes: Uint8Array, start: number, end: number, bound: Uint8Array): boolean {
  for (let i = start, j = 0; j < bound.length; i++, j++) {
    if (i === end) return true
    const difference = bytes[i]! - bound[j]!
    if (difference !== 0) return difference < 0
  }
  return false
}

export interface Split {
  /** Rows of each part. */
  readonly rows: Float64Array
  /** Bytes of the largest part. */
  readonly largest: number
  /** What is wrong with the form of the file, behind the rows that were split. */
  readonly problems: Problems
}

export const partName = (name: Source['name'], part: number): string => `${name} ${part}`

/** Writes a file's rows into parts, numbered as the bounds divide them. Of each part one row more than `most` is enough: one of them has a problem then. */
export function split(source: Source, bounds: Bounds, scratch: Scratch, most?: Float64Array): Split {
  const count = bounds.length + 1
  const problems = createProblems(1, { firstOnly: true })
  const rows = new Float64Array(count)
  const parts = Array.from({ length: count }, (_, part) => createPart(scratch, partName(source.name, part)))
  readRows(source.path, problems, {
    ...source,
    header(bytes) {
      for (const part of parts) part.add(bytes, 0, bytes.length)
    },
    row({ bytes, source, pos }, begin, start, end) {
      const part = partOf(bounds, source, start, end)
      if (most && rows[part]! > most[part]!) return true
      rows[part]!++
      parts[part]!.add(bytes, begin, pos)
      return true
    },
  })
  for (const part of parts) part.flush()
  return { rows, problems, largest: Math.max(...parts.map((part) => part.size())) }
}

const BUFFER = 64 * 1024
const LF = 10

/** The rows of a part, written in pieces. */
function createPart(scratch: Scratch, part: string) {
  let buffer = new Uint8Array(BUFFER)
  let used = 0
  let size = 0
  const flush = (): void => {
    scratch.append(part, buffer.subarray(0, used))
    size += used
    used = 0
  }
  return {
    /** A row, with the line end that the last one may lack. */
    add(bytes: Uint8Array, begin: number, end: number): void {
      const length = end - begin + 1
      if (used + length > buffer.length) flush()
      if (length > buffer.length) buffer = new Uint8Array(length)
      for (let i = begin; i < end; i++) buffer[used++] = bytes[i]!
      if (bytes[end - 1] !== LF) buffer[used++] = LF
    },
    flush,
    size: () => size,
  }
}

/** Which of some rows, one of each part at most and counted in its part, comes first in the file, and as which row of it. */
export function firstRow(
  source: Source,
  bounds: Bounds,
  rowOfPart: ReadonlyMap<number, number>,
): { part: number; row: number } {
  const left = new Map(rowOfPart)
  let first: { part: number; row: number } | undefined
  readRows(source.path, createProblems(1, { firstOnly: true }), {
    ...source,
    row(scan, _, start, end) {
      const part = partOf(bounds, scan.source, start, end)
      const rows = left.get(part)
      if (rows === undefined) return true
      left.set(part, rows - 1)
      // The header is row 1 of a part.
      if (rows === 2) first = { part, row: scan.row }
      return first === undefined
    },
  })
  if (!first) throw new Error(`The file of the ${source.name} changed while it was graded.`)
  return first
}
