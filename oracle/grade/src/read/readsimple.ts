/** The fast way through rows of the simplest form. It accepts nothing that the careful way would refuse, and leaves it all other rows. */

import { hasBit, setBit } from '../arithmetic/bits.ts'
import { POWERS, parseNumber } from '../csv/number.ts'
import type { Scan } from '../csv/scan.ts'
import { wordsOf } from '../table/bytetable.ts'
import type { IdCollector, IdIndex } from '../table/ids.ts'
import { equalsWords } from '../table/wordtable.ts'
import { firstOther, otherBytes } from './plainbytes.ts'
import { type ColumnReader, labelCode, recentCode } from './readcolumn.ts'
import type { ReadPlan } from './readplan.ts'

/** A file while its rows are read. */
export interface Reading {
  readonly plan: ReadPlan
  readonly scan: Scan
  readonly index: IdIndex | undefined
  readonly ids: IdCollector
  readonly readers: readonly ColumnReader[]
  /** Where in a row the id and each of the readers' columns are. */
  readonly positions: readonly number[]
  /** How many rows there is room for. */
  readonly capacity: number
  /** Where ids are given: the slots that were found. */
  readonly seen: Uint8Array
  /** Rows that have a problem. */
  readonly invalid: Uint8Array
  rows: number
  matched: number
}

const LF = 10
const CR = 13
const SPACE = 32
const COMMA = 44
const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
const DEL = 127

/** A row of this form is shorter: 9 digits, a comma, a value and a line end. Nearer to the end of the file no byte is read this way. */
const LONGEST_VALUE = 64
const MARGIN = LONGEST_VALUE + 16

/** Whether the ids so far are decimal; only then the rows can be of the simplest form. */
export const hasDecimalIds = ({ index, ids }: Reading): boolean => (index ? index.kind === 'decimal' : !!ids.decimals)

/**
 * Reads rows as long as each is a decimal id of up to 9 digits, a comma, a value of 1 to 64 characters without quote, space or anything
 * beyond ASCII, and a line end; the id known and new where ids are given; the label known, or the number in range.
 */
export function readSimpleRows(reading: Reading): void {
  const { scan, index, ids, readers } = reading
  // The collector must stand where the rows stand; it does not behind a run of blank lines.
  const firstRow = scan.row - 1
  if (!index && ids.rows !== firstRow) return
  const rows = readers[0]!.numeric ? readNumbers(reading, firstRow) : readLabels(reading, firstRow)
  if (rows === firstRow) return
  scan.row = rows + 1
  reading.rows = rows
  if (index) reading.matched += rows - firstRow
  else ids.rows = rows
}

/**
 * Two loops that differ in the value only: in one, the compiler would have to prepare for both kinds of value in every row. Each returns
 * the number of rows read so far and leaves the scan at the first row that it cannot read.
 */
function readLabels({ scan, index, ids, readers, capacity, seen }: Reading, firstRow: number): number {
  const { bytes } = scan
  const reader = readers[0]!
  const { codes, allowed, labels } = reader
  const words = wordsOf(bytes)
  const decimals = index ? undefined : ids.decimals
  const used = index?.kind === 'decimal' ? index.used : undefined
  const last = bytes.length - MARGIN
  let row = firstRow
  let pos = scan.pos
  while (pos < last) {
    let p = pos
    let c = bytes[p]!
    if (c < ZERO || c > NINE) break
    let id = c - ZERO
    c = bytes[++p]!
    const single = c === COMMA
    if (id === 0 && !single) break
    while (c >= ZERO && c <= NINE && p - pos < 10) {
      id = id * 10 + (c - ZERO)
      c = bytes[++p]!
    }
    if (c !== COMMA || p - pos > 9) break
    const slot = used ? id : row
    if (slot >= capacity || (used && (!hasBit(used, id) || hasBit(seen, id)))) break

    const start = ++p
    let other = otherBytes(words.getInt32(p, true))
    while (other === 0 && p - start < LONGEST_VALUE) {
      p += 4
      other = otherBytes(words.getInt32(p, true))
    }
    p += firstOther(other)
    c = bytes[p]!
    if (p === start || p - start > LONGEST_VALUE) break
    const guess = recentCode(reader, bytes, start, p)
    const known = guess >= 0 && equalsWords(labels, guess, words, start, p)
    const code = known ? guess : labelCode(reader, bytes, start, p, false)
    if (code < 0 || (allowed && allowed[code] !== 1)) break
    if (c === CR) c = bytes[++p]!
    if (c !== LF) break

    codes[slot] = code
    if (used) setBit(seen, id)
    if (decimals) decimals[row] = id
    row++
    pos = p + 1
  }
  scan.pos = pos
  return row
}

function readNumbers({ scan, index, ids, readers, capacity, seen }: Reading, firstRow: number): number {
  const { bytes } = scan
  const { values, integer, min, max } = readers[0]!
  const decimals = index ? undefined : ids.decimals
  const used = index?.kind === 'decimal' ? index.used : undefined
  const last = bytes.length - MARGIN
  // The first rows go the long way, so that the compiler knows it and need not start again when a number needs it.
  const learned = firstRow + 100
  let row = firstRow
  let pos = scan.pos
  while (pos < last) {
    let p = pos
    let c = bytes[p]!
    if (c < ZERO || c > NINE) break
    let id = c - ZERO
    c = bytes[++p]!
    const single = c === COMMA
    if (id === 0 && !single) break
    while (c >= ZERO && c <= NINE && p - pos < 10) {
      id = id * 10 + (c - ZERO)
      c = bytes[++p]!
    }
    if (c !== COMMA || p - pos > 9) break
    const slot = used ? id : row
    if (slot >= capacity || (used && (!hasBit(used, id) || hasBit(seen, id)))) break

    // Up to 15 digits are exact as they add up; what else a number may be is for `parseNumber`.
    const start = ++p
    const stop = start + LONGEST_VALUE
    c = bytes[p]!
    const negative = c === MINUS
    if (negative) c = bytes[++p]!
    const digits = p
    let point = -1
    // Up to 9 digits add up as a small integer, which is quicker.
    const small = p + 9
    let first = 0
    while (p < small) {
      if (c >= ZERO && c <= NINE) first = (Math.imul(first, 10) + c - ZERO) | 0
      else if (c === POINT && point < 0) point = p
      else break
      c = bytes[++p]!
    }
    let number = first
    while (p < stop) {
      if (c >= ZERO && c <= NINE) number = number * 10 + (c - ZERO)
      else if (c === POINT && point < 0) point = p
      else break
      c = bytes[++p]!
    }
    const count = p - digits - (point < 0 ? 0 : 1)
    const ends = c < SPACE
    if (count > 0 && count <= 15 && ends && row >= learned) {
      if (point >= 0) number /= POWERS[p - point - 1]!
      if (negative) number = 0 - number
    } else {
      p = start
      c = bytes[p]!
      while (c > COMMA && c < DEL && p < stop) c = bytes[++p]!
      number = parseNumber(bytes, start, p)
    }
    // NaN, where it is no number, fails this too.
    if (!(number >= min && number <= max) || (integer && !Number.isSafeInteger(number))) break
    if (c === CR) c = bytes[++p]!
    if (c !== LF) break

    values[slot] = number
    if (used) setBit(seen, id)
    if (decimals) decimals[row] = id
    row++
    pos = p + 1
  }
  scan.pos = pos
  return row
}
