/**
 * The fastest way through plain rows of large files: the kernel reads a block of them, with ids in a table of its own. Like `readBlocks` it accepts
 * nothing that the careful way would refuse, and leaves it all other rows.
 */

import { hasBit, setBit } from '../arithmetic/bits.ts'
import { parseNumber } from '../csv/number.ts'
import { codesOf, describeField, type Kernel, KIND, numbersOf, ROWS, sharedKernel, WINDOW } from '../kernel/kernel.ts'
import type { KernelIds } from '../kernel/kernelids.ts'
import { type ColumnReader, labelCode } from './readcolumn.ts'
import type { Reading } from './reading.ts'

/** Rows of the first block after a row that was left: where many are left, little is looked at in vain. */
const FEWEST = 4
/** Nearer to the end of the window no row begins, as long as there is more of the file. */
const NEAR = 8192

/** What the kernel has of a file. */
export interface KernelReading {
  readonly width: number
  /** The one that is described to what stands in a row. */
  kernel: Kernel | undefined
  /** The bytes of the file in its window. */
  from: number
  to: number
}

export const createKernelReading = (width: number): KernelReading => ({ width, kernel: undefined, from: 0, to: 0 })

/** Whether the kernel reads: text ids that are in one, and decimal ones of large files. */
export const isForKernel = ({ index, ids }: Reading, large: boolean): boolean => {
  const table = index?.kind === 'text' ? index.table : ids.table
  return table ? 'kernel' in table : large
}

/** Reads rows as long as each is plain: no quotes, nothing beyond ASCII, labels that are known, numbers in range, ids that are known and new. */
export function readPlainRows(reading: Reading, state: KernelReading): void {
  const { scan, index, ids, readers, capacity } = reading
  const firstRow = scan.row - 1
  // The collector must stand where the rows stand; it does not behind a run of blank lines.
  if (!index && ids.rows !== firstRow) return
  const kernel = kernelFor(reading)
  if (state.kernel !== kernel) begin(reading, state, kernel)
  const { exports } = kernel
  let row = firstRow
  for (let size = FEWEST; ; size = Math.min(2 * size, ROWS)) {
    look(scan.bytes, scan.pos, state)
    const from = scan.pos - state.from
    // Blank lines count as rows, too, and may be more than there is room for: the careful way goes on.
    const most = Math.min(size, index ? size : capacity - row)
    if (most <= 0) break
    const scanned = exports.scan(from, most, state.width)
    const known = settle(reading, state, scanned)
    const count = index ? findSlots(reading, kernel, known) : addIds(reading, kernel, row, known)
    for (let i = 0; i < readers.length; i++)
      keep(readers[i]!, kernel, reading.positions[i + 1]!, index ? undefined : row, count)
    if (count < scanned) exports.scan(from, count, state.width)
    scan.pos = state.from + kernel.view.consumed[0]!
    row += count
    if (count < scanned || count === 0) break
    if (count < most && !isNear(scan.bytes, scan.pos, state)) break
  }
  if (row === firstRow) return
  scan.row = row + 1
  reading.rows = row
}

function kernelFor({ index, ids }: Reading): Kernel {
  const table = index?.kind === 'text' ? index.table : ids.table
  return table ? (table as KernelIds).kernel : sharedKernel()!
}

/** Tells the kernel what stands in a row. */
function begin({ index, ids, readers, positions }: Reading, state: KernelReading, kernel: Kernel): void {
  const { width } = state
  for (let place = 0; place < width; place++) describeField(kernel, place, KIND.ignored)
  for (const [i, { numeric, integer, min, max }] of readers.entries())
    describeField(kernel, positions[i + 1]!, integer ? KIND.integer : numeric ? KIND.number : KIND.label, min, max)
  const text = index ? index.kind === 'text' : !ids.decimals
  describeField(kernel, positions[0]!, text ? KIND.textId : KIND.decimalId)
  kernel.exports.forget(width)
  state.kernel = kernel
  state.to = state.from
}

/** Whether the window ends so soon behind a place that a row there may not be whole, though it is in the file. */
const isNear = (bytes: Uint8Array, pos: number, { to }: KernelReading): boolean => to < bytes.length && pos > to - NEAR

/** Has the file from a place on in the window. */
function look(bytes: Uint8Array, pos: number, state: KernelReading): void {
  if (pos >= state.from && pos < state.to && !isNear(bytes, pos, state)) return
  const { view, at } = state.kernel!
  const piece = bytes.subarray(pos, pos + WINDOW)
  view.bytes.set(piece, at.window)
  // No value goes on behind it.
  view.bytes.fill(0, at.window + piece.length, at.window + piece.length + 16)
  state.from = pos
  state.to = pos + piece.length
}

/** Looks at the values that the kernel has left: returns how many rows have none but such as can be kept. */
function settle(
  { scan: { bytes }, readers, positions }: Reading,
  { kernel, from }: KernelReading,
  count: number,
): number {
  const { view, at, exports } = kernel!
  const { pending } = view
  const left = view.consumed[1]!
  for (let i = 0; i < left; i++) {
    const row = pending[4 * i]!
    const place = pending[4 * i + 1]!
    const start = pending[4 * i + 2]!
    const end = pending[4 * i + 3]!
    const reader = readers[positions.indexOf(place) - 1]!
    if (reader.numeric) {
      const number = parseNumber(bytes, from + start, from + end)
      // NaN, where it is no number, fails this too.
      if (!(number >= reader.min && number <= reader.max)) return row
      if (reader.integer && !Number.isSafeInteger(number)) return row
      numbersOf(kernel!, place)[row] = number
    } else {
      const code = labelCode(reader, bytes, from + start, from + end, false)
      if (code < 0 || (reader.allowed && reader.allowed[code] !== 1)) return row
      codesOf(kernel!, place)[2 * row] = code
      exports.remember(place, at.window + start, end - start, code)
    }
  }
  return count
}

/** Where ids are given: finds the slot of each row. Returns how many rows have an id that is known and new. */
function findSlots(reading: Reading, kernel: Kernel, count: number): number {
  const { index, seen } = reading
  if (index!.kind === 'text') {
    // May have the memory grow: only then is its view the one to read.
    ;(index!.table as KernelIds).index()
    kernel.exports.find_rows(count)
  }
  const { slots } = kernel.view
  const used = index!.kind === 'decimal' ? index!.used : undefined
  const size = index!.ranks.length
  let row = 0
  for (; row < count; row++) {
    const slot = slots[row]!
    if (slot < 0 || slot >= size || (used && !hasBit(used, slot)) || hasBit(seen, slot)) break
    setBit(seen, slot)
  }
  reading.matched += row
  return row
}

/** Where ids are collected: adds those of the block. */
function addIds({ scan, ids, capacity }: Reading, kernel: Kernel, firstRow: number, count: number): number {
  ids.rows += count
  if (ids.decimals) {
    ids.decimals.set(kernel.view.slots.subarray(0, count), firstRow)
    return count
  }
  const table = ids.table as KernelIds
  table.reserve(count, WINDOW)
  if (count > ROWS / 4 && table.size < ROWS) {
    expectRest(table, kernel, count, scan.bytes.length - scan.pos, capacity - firstRow)
  }
  kernel.exports.append_rows(count, firstRow)
  return count
}

/** Makes room for as many ids as the file has if its rows are like those of this block. */
function expectRest(table: KernelIds, { view, at }: Kernel, count: number, bytes: number, most: number): void {
  const starts = new Uint32Array(view.bytes.buffer, at.starts, count)
  const lengths = new Uint32Array(view.bytes.buffer, at.lengths, count)
  const rows = Math.min(most, Math.ceil((bytes / (starts[count - 1]! - starts[0]!)) * (count - 1)))
  const length = lengths.reduce((sum, one) => sum + one, 0) / count
  // Never more than what is left of the file and more rows than are read of any, however odd the block.
  table.reserve(rows, Math.min(bytes, rows * length * 1.05) + WINDOW)
}

/** Keeps a column's values of a block: from `firstRow` on, or in the slots of the rows. */
function keep(reader: ColumnReader, kernel: Kernel, place: number, firstRow: number | undefined, count: number): void {
  const { slots } = kernel.view
  if (reader.numeric) {
    const { values } = reader
    const from = numbersOf(kernel, place)
    if (firstRow !== undefined) values.set(from.subarray(0, count), firstRow)
    else for (let row = 0; row < count; row++) values[slots[row]!] = from[row]!
    return
  }
  const { codes } = reader
  const from = codesOf(kernel, place)
  if (firstRow !== undefined) for (let row = 0; row < count; row++) codes[firstRow + row] = from[2 * row]!
  else for (let row = 0; row < count; row++) codes[slots[row]!] = from[2 * row]!
}
