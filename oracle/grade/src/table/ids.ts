/** The ids of a truth: which row an id means, where rows are numbered in the order of the ids' UTF-8 bytes. */

import { createBits, hasBit, setBit } from '../arithmetic/bits.ts'
import { utf8, utf8Text } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'
import { createByteIds, type TextIds } from './textids.ts'

/**
 * Either small decimal numbers, where an id's slot is its value, or any texts, where it is the number of the text's arrival. `ranks`
 * gives each slot's place in the order of the ids' UTF-8 bytes, -1 for a slot without id.
 */
export type IdIndex =
  | { readonly kind: 'decimal'; readonly size: number; readonly ranks: Int32Array; readonly used: Uint8Array }
  | { readonly kind: 'text'; readonly size: number; readonly ranks: Int32Array; readonly table: TextIds }

/** The slot of an id, or -1 for an unknown one. */
export function findId(index: IdIndex, bytes: Uint8Array, start: number, end: number): number {
  if (index.kind === 'text') return index.table.find(bytes, start, end)
  const id = decimalId(bytes, start, end)
  return id >= 0 && id < index.ranks.length && hasBit(index.used, id) ? id : -1
}

/** The value of an id of 1 to 9 digits without leading zero, or -1. Only such an id is told apart from others by its value. */
export function decimalId(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 1 || length > 9) return -1
  let value = bytes[start]! - 48
  if (value < 0 || value > 9 || (value === 0 && length > 1)) return -1
  for (let i = start + 1; i < end; i++) {
    const digit = bytes[i]! - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** The texts of up to `max` ids for whose slot `wanted` holds, in the order of their bytes. */
export function idTexts(index: IdIndex, wanted: (slot: number) => boolean, max: number): string[] {
  const found: { rank: number; text: string }[] = []
  for (let i = 0; i < index.ranks.length; i++) {
    const rank = index.ranks[i]!
    if (rank < 0 || !wanted(i)) continue
    found.push({ rank, text: index.kind === 'decimal' ? String(i) : utf8Text(index.table.bytes(i)) })
    if (found.length > max * 64) keepFirst(found, max)
  }
  keepFirst(found, max)
  return found.map((id) => id.text)
}

function keepFirst(ids: { rank: number }[], max: number): void {
  ids.sort((a, b) => a.rank - b.rank)
  if (ids.length > max) ids.length = max
}

/** Ids as they arrive row by row, decimal as long as all of them are. */
export interface IdCollector {
  /** Of each row while all ids are decimal; -1 for a row without a usable id. */
  decimals: Int32Array | undefined
  table: TextIds | undefined
  rows: number
  /** Rows, counted from 0, whose id stands in an earlier row. */
  readonly repeated: number[]
  /** Begins a table for text ids. */
  createTable(): TextIds
}

/** For up to `capacity` rows; where the first id is seen to be no decimal one, `texts` spares the room for such. */
export const createIdCollector = (capacity: number, createTable: () => TextIds, texts = false): IdCollector => ({
  decimals: texts ? undefined : new Int32Array(capacity),
  table: texts ? createTable() : undefined,
  rows: 0,
  repeated: [],
  createTable,
})

/** Adds the next row's id. */
export function collectId(ids: IdCollector, bytes: Uint8Array, start: number, end: number): void {
  const row = ids.rows++
  if (ids.decimals) {
    const id = decimalId(bytes, start, end)
    if (id >= 0) {
      ids.decimals[row] = id
      return
    }
    switchToTable(ids, row)
  }
  addToTable(ids, row, bytes, start, end)
}

/** Counts a row whose id cannot be used; what is collected stays good for finding repetitions only. */
export function skipId(ids: IdCollector): void {
  const row = ids.rows++
  if (ids.decimals) ids.decimals[row] = -1
}

function addToTable(ids: IdCollector, row: number, bytes: Uint8Array, start: number, end: number): void {
  if (!ids.table!.add(bytes, start, end, row)) ids.repeated.push(row)
}

function switchToTable(ids: IdCollector, rows: number): void {
  const decimals = ids.decimals!
  ids.decimals = undefined
  ids.table = ids.createTable()
  for (let row = 0; row < rows; row++) {
    // Behind its end, where blank lines were counted, there is nothing.
    if (!(decimals[row]! >= 0)) continue
    const text = utf8(String(decimals[row]))
    addToTable(ids, row, text, 0, text.length)
  }
}

export interface FinishedIds {
  index: IdIndex
  /** Rank of each row, in the order of the file. */
  rankOfRow: Int32Array
}

/**
 * Finds repeated ids, after which `repeated` is complete, and gives what sorts them; of use only if nothing was skipped and none is repeated.
 * Where it is known that they will be sorted (`ordered`), that finds repeated ones, too.
 */
export function finishIds(ids: IdCollector, ordered = false): () => FinishedIds {
  if (ids.decimals) {
    const rows = ids.decimals.subarray(0, ids.rows)
    let largest = -1
    for (let row = 0; row < rows.length; row++) if (rows[row]! > largest) largest = rows[row]!
    // A direct table is worth its memory while it is not mostly empty.
    if (largest < 65536 + ids.rows * 8) {
      const used = usedDecimals(rows, largest, ids.repeated)
      return () => finishDecimals(rows, largest, used)
    }
    switchToTable(ids, ids.rows)
  }
  const table = ids.table!
  const sorted = ordered ? table.ranks() : undefined
  for (const row of sorted?.repeated ?? table.repeated()) ids.repeated.push(row)
  return () => finishTexts(table, (sorted ?? table.ranks()).ranks)
}

function usedDecimals(rows: Int32Array, largest: number, repeated: number[]): Uint8Array {
  const used = createBits(largest + 1)
  for (let row = 0; row < rows.length; row++) {
    const id = rows[row]!
    if (id < 0) continue
    if (hasBit(used, id)) repeated.push(row)
    setBit(used, id)
  }
  return used
}

function finishDecimals(rows: Int32Array, largest: number, used: Uint8Array): FinishedIds {
  const ranks = new Int32Array(largest + 1).fill(-1)
  const size = rankDecimals(used, largest, ranks)
  // The ids have served: their ranks take their place.
  for (let row = 0; row < rows.length; row++) if (rows[row]! >= 0) rows[row] = ranks[rows[row]!]!
  return { index: { kind: 'decimal', size, ranks, used }, rankOfRow: rows }
}

/** Numbers the used ids in the byte order of their texts, 0, 1, 10, 100, …, 2, 20, …, without a sort. Returns how many there are. */
function rankDecimals(used: Uint8Array, largest: number, ranks: Int32Array): number {
  let rank = 0
  const tens = Math.floor(largest / 10)
  // Up to ten ids that differ in their last digit, each followed by those that it begins.
  const walk = (first: number, end: number): void => {
    const last = Math.min(end, largest)
    for (let id = first; id <= last; id++) {
      if (hasBit(used, id)) ranks[id] = rank++
      if (id <= tens) walk(id * 10, id * 10 + 9)
    }
  }
  if (largest >= 0 && hasBit(used, 0)) ranks[0] = rank++
  walk(1, 9)
  return rank
}

function finishTexts(table: TextIds, ranks: Int32Array): FinishedIds {
  return { index: { kind: 'text', size: table.size, table, ranks }, rankOfRow: ranks }
}

/** An index of known ids, for instance those of the public test features. Throws `shape_invalid` for a repeated or empty one. */
export function indexIds(texts: Iterable<string>): IdIndex {
  const collected = [...texts]
  const ids = createIdCollector(collected.length, () => createByteIds(0))
  for (const text of collected) {
    const bytes = utf8(text)
    if (bytes.length === 0) throw new GradeError('shape_invalid', 'An expected id is empty.')
    collectId(ids, bytes, 0, bytes.length)
  }
  const { index } = finishIds(ids)()
  if (ids.repeated.length > 0) throw new GradeError('shape_invalid', 'The expected ids are not distinct.')
  return index
}
