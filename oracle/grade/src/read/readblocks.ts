/**
 * The fast way through plain rows of small files, of files with many columns, and of all where there is no WebAssembly, a block of rows at a
 * time: first where their values stand, then the values of each column, then the ids. One thing at a time is quicker than all of them row by
 * row, most of all for text ids, whose look-ups wait for memory and so wait together. It accepts nothing that the careful way would refuse, and
 * leaves it all other rows.
 */

import { hasBit, setBit } from '../arithmetic/bits.ts'
import { parseNumber } from '../csv/number.ts'
import type { Scan } from '../csv/scan.ts'
import { type ByteTable, expectEntries, guessHashed, loadSlots, wordsOf } from '../table/bytetable.ts'
import { decimalId, findId } from '../table/ids.ts'
import type { ByteIds } from '../table/textids.ts'
import { addWords, equalsWords, findWords, hashWords } from '../table/wordtable.ts'
import { firstOther, otherBytes } from './plainbytes.ts'
import { type ColumnReader, labelCode, recentCode } from './readcolumn.ts'
import type { Reading } from './reading.ts'

/** Rows of a block. */
const MOST = 256
/** Of the first block after a row that was left: where many are left, little is looked at in vain. */
const FEWEST = 4
const LONGEST_VALUE = 64

const LF = 10
const CR = 13
const COMMA = 44

/** Where the values of a block's rows stand, and what was read of them. */
export interface Block {
  readonly width: number
  /** The file. */
  readonly words: DataView
  /** Of each row. */
  readonly starts: Int32Array
  /** Of each value of each row: where it ends, and one behind it the next one of the row begins. */
  readonly ends: Int32Array
  /** Of each column: numbers, or codes of labels. */
  readonly values: readonly (Float64Array | Int32Array)[]
  readonly hashes: Int32Array
  readonly slots: Int32Array
  /** Where the row behind the last one begins. */
  end: number
}

export const createBlock = (bytes: Uint8Array, width: number, readers: readonly ColumnReader[]): Block => ({
  width,
  words: wordsOf(bytes),
  starts: new Int32Array(MOST),
  ends: new Int32Array(MOST * width),
  values: readers.map(({ numeric }) => (numeric ? new Float64Array(MOST) : new Int32Array(MOST))),
  hashes: new Int32Array(MOST),
  slots: new Int32Array(MOST),
  end: 0,
})

/** Whether the ids are decimal or in a table of JavaScript. */
export const isForBlocks = ({ index, ids }: Reading): boolean => {
  const table = index?.kind === 'text' ? index.table : ids.table
  return !table || 'table' in table
}

/**
 * Reads rows as long as each has values of 1 to 64 characters without quote, space or anything beyond ASCII; an id that is known and new
 * where ids are given; labels that are known, and numbers in range.
 */
export function readBlocks(reading: Reading, block: Block): void {
  const { scan, index, ids, readers, positions, capacity } = reading
  const firstRow = scan.row - 1
  // The collector must stand where the rows stand; it does not behind a run of blank lines.
  if (!index && ids.rows !== firstRow) return
  let row = firstRow
  for (let size = FEWEST; ; size = Math.min(2 * size, MOST)) {
    let count = split(scan.bytes, scan.pos, Math.min(size, index ? size : capacity - row), block)
    const full = count === size
    for (let i = 0; i < readers.length; i++)
      count = readValues(readers[i]!, scan.bytes, block, positions[i + 1]!, block.values[i]!, count)
    count = index ? findSlots(reading, block, count) : addIds(reading, block, row, count)
    for (let i = 0; i < readers.length; i++) keep(readers[i]!, block.values[i]!, block.slots, count)
    if (count === 0) break
    row += count
    const complete = full && count === size
    scan.pos = complete ? block.end : startOf(block, count, scan.pos)
    if (!complete) break
  }
  if (row === firstRow) return
  scan.row = row + 1
  reading.rows = row
  if (index) reading.matched += row - firstRow
}

/** Finds the values of up to `most` rows from `pos` on; returns of how many. */
function split(bytes: Uint8Array, pos: number, most: number, block: Block): number {
  const { width, words, starts, ends } = block
  // No byte behind the end is read.
  const last = bytes.length - width * (LONGEST_VALUE + 1) - 8
  let row = 0
  let at = 0
  for (; row < most && pos < last; row++) {
    starts[row] = pos
    let p = pos
    let c = 0
    for (let field = width; field > 0; field--) {
      const start = p
      const stop = p + LONGEST_VALUE
      let other = otherBytes(words.getInt32(p, true))
      while (other === 0 && p < stop) {
        p += 4
        other = otherBytes(words.getInt32(p, true))
      }
      p += firstOther(other)
      c = bytes[p]!
      if (p === start || p > stop || (c !== COMMA && field > 1)) return end(block, row, pos)
      ends[at++] = p++
    }
    if (c === CR) c = bytes[p++]!
    if (c !== LF) return end(block, row, pos)
    pos = p
  }
  return end(block, row, pos)
}

function end(block: Block, rows: number, pos: number): number {
  block.end = pos
  if (rows < MOST) block.starts[rows] = pos
  return rows
}

const startOf = (block: Block, row: number, pos: number): number => (row === 0 ? pos : block.starts[row]!)

const valueStart = ({ width, starts, ends }: Block, row: number, position: number): number =>
  position === 0 ? starts[row]! : ends[row * width + position - 1]! + 1

/** Returns how many rows have a value that can be kept. */
function readValues(
  reader: ColumnReader,
  bytes: Uint8Array,
  block: Block,
  position: number,
  values: Float64Array | Int32Array,
  count: number,
): number {
  const { ends, width, words } = block
  const { numeric, integer, min, max, allowed, labels } = reader
  for (let row = 0; row < count; row++) {
    const start = valueStart(block, row, position)
    const stop = ends[row * width + position]!
    if (numeric) {
      const number = parseNumber(bytes, start, stop)
      // NaN, where it is no number, fails this too.
      if (!(number >= min && number <= max) || (integer && !Number.isSafeInteger(number))) return row
      values[row] = number
    } else {
      const guess = recentCode(reader, bytes, start, stop)
      const known = guess >= 0 && equalsWords(labels, guess, words, start, stop)
      const code = known ? guess : labelCode(reader, bytes, start, stop, false)
      if (code < 0 || (allowed && allowed[code] !== 1)) return row
      values[row] = code
    }
  }
  return count
}

/** Where ids are given: finds the slot of each row. Returns how many rows have an id that is known and new. */
function findSlots({ scan, index, positions, seen }: Reading, block: Block, count: number): number {
  const { bytes } = scan
  const { slots, hashes, ends, width, words } = block
  const position = positions[0]!
  if (index!.kind === 'decimal') {
    for (let row = 0; row < count; row++)
      slots[row] = findId(index!, bytes, valueStart(block, row, position), ends[row * width + position]!)
  } else {
    const { table } = index!.table as ByteIds
    hashIds(table, block, position, count)
    guessHashed(table, hashes, slots, count)
    for (let row = 0; row < count; row++) {
      const start = valueStart(block, row, position)
      const stop = ends[row * width + position]!
      if (slots[row]! < 0 || !equalsWords(table, slots[row]!, words, start, stop))
        slots[row] = findWords(table, hashes[row]!, words, start, stop)
    }
  }
  for (let row = 0; row < count; row++) {
    const slot = slots[row]!
    if (slot < 0 || hasBit(seen, slot)) return row
    setBit(seen, slot)
  }
  return count
}

/** Where ids are collected: adds those of the block, whose values stand in the order of the file. Returns of how many rows. */
function addIds({ scan, ids, positions }: Reading, block: Block, firstRow: number, count: number): number {
  const { bytes } = scan
  const { slots, hashes, ends, width, words } = block
  const position = positions[0]!
  const { decimals } = ids
  const table = (ids.table as ByteIds | undefined)?.table
  if (count > MOST / 2 && table && !decimals) expectRest(table, scan, block, firstRow, count, position)
  if (!decimals) hashIds(table!, block, position, count)
  let row = 0
  for (; row < count; row++) {
    const start = valueStart(block, row, position)
    const stop = ends[row * width + position]!
    if (decimals) {
      const id = decimalId(bytes, start, stop)
      if (id < 0) break
      decimals[firstRow + row] = id
    } else {
      const known = table!.size
      const entry = addWords(table!, hashes[row]!, words, start, stop)
      if (entry < known) ids.repeated.push(firstRow + row)
    }
    slots[row] = firstRow + row
  }
  ids.rows += row
  return row
}

/** Makes room for as many ids as the file has if its rows are like those of this block, and for their bytes. */
function expectRest(
  table: ByteTable,
  { bytes, pos }: Scan,
  block: Block,
  row: number,
  count: number,
  position: number,
) {
  const rows = row + Math.ceil(((bytes.length - pos) / (block.starts[count - 1]! - pos)) * count)
  const { ends, width } = block
  let length = 0
  for (let i = 0; i < count; i++) length += ends[i * width + position]! - valueStart(block, i, position)
  // Never more than what is left of the file, however odd the block.
  expectEntries(
    table,
    rows,
    Math.ceil(table.offsets[table.size]! + Math.min(bytes.length - pos, (rows * length * 1.05) / count)) + 1024,
  )
}

function hashIds(table: ByteTable, block: Block, position: number, count: number): void {
  const { hashes, ends, width, words } = block
  for (let row = 0; row < count; row++)
    hashes[row] = hashWords(words, valueStart(block, row, position), ends[row * width + position]!, table.seed)
  loadSlots(table, hashes, count)
}

function keep(reader: ColumnReader, values: Float64Array | Int32Array, slots: Int32Array, count: number): void {
  const to = reader.numeric ? reader.values : reader.codes
  for (let row = 0; row < count; row++) to[slots[row]!] = values[row]!
}
