/** Splits CSV bytes into rows and fields, one row at a time, without making strings. */

import { LATIN1 } from '../hints/encoding.ts'
import { addProblem, type Problems } from '../problems.ts'
import type { ReasonName } from '../reasons.ts'
import { LIMITS } from '../shape.ts'
import { sequenceLength } from './utf8.ts'

/**
 * Where a scan stands. The rules are RFC 4180's: commas, quotes doubled inside quotes, line breaks allowed inside quotes. Lines end
 * with LF or CRLF, also mixed; the last line end and blank lines after the last row may be there or not; a byte-order mark is skipped.
 */
export interface Scan {
  readonly bytes: Uint8Array
  readonly problems: Problems
  /** Number of the current row as a spreadsheet counts: the header is 1. */
  row: number
  /** Next byte to read. */
  pos: number
  /** What `starts` and `ends` of the current row refer to: the file, or a copy of the row without doubled quotes. */
  source: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Bytes that a field may have. */
  readonly maxFieldBytes: number
  /** What problems call the columns, by position; `#3` and the like where it has no name. */
  names: readonly (string | undefined)[]
  /** Number of the first row of data. */
  first: number
  /** Where rows are not split by the scan itself: the same as `nextRow`. */
  next: (() => number) | undefined
}

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const DEL = 127

/** Returned for a row that was reported as broken; the scan goes on behind it, or is at its end where nothing behind it can be trusted. */
export const BROKEN_ROW = -1

/** Begins a scan that keeps up to `maxFields` fields of a row; more are counted and dropped. */
export function openScan(
  bytes: Uint8Array,
  problems: Problems,
  maxFields: number,
  maxFieldBytes: number = LIMITS.maxFieldBytes,
): Scan {
  const pos = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const starts = new Int32Array(maxFields)
  const ends = new Int32Array(maxFields)
  return {
    bytes,
    problems,
    row: 0,
    pos,
    source: bytes,
    starts,
    ends,
    maxFieldBytes,
    names: [],
    first: 2,
    next: undefined,
  }
}

/** Reads the next row. Returns its number of fields, 0 at the end of the file, or `BROKEN_ROW`. */
export function nextRow(scan: Scan): number {
  const { bytes, starts, ends } = scan
  const end = bytes.length
  const begin = scan.pos
  if (begin >= end) return 0
  const first = bytes[begin]!
  if (first === LF || first === CR) return blankLines(scan)
  scan.row++
  scan.source = bytes
  let p = begin
  let from = begin
  let n = 0
  // Most rows are plain ASCII without quotes: this loop reads them, and leaves every other row to `carefulRow`.
  for (;;) {
    let c = p < end ? bytes[p]! : LF
    while (c > COMMA && c < DEL) {
      p++
      c = p < end ? bytes[p]! : LF
    }
    if (c === COMMA || c === LF || c === CR) {
      if (p - from > scan.maxFieldBytes) return carefulRow(scan, begin)
      starts[n] = from
      ends[n] = p
      n++
      p++
      if (c === COMMA) {
        from = p
        continue
      }
      if (c === CR && (p === end || bytes[p++] !== LF)) return carefulRow(scan, begin)
      // Behind the last row there may be no line end.
      scan.pos = Math.min(p, end)
      return n
    }
    if (c < SPACE || c === QUOTE || c >= DEL) return carefulRow(scan, begin)
    p++
  }
}

/** The same for a row with quotes, text beyond ASCII or mistakes: every byte is looked at. */
function carefulRow(scan: Scan, begin: number): number {
  const { bytes, starts, ends } = scan
  const end = bytes.length
  let p = begin
  let n = 0
  let doubled = false
  for (;;) {
    const quoted = p < end && bytes[p] === QUOTE
    if (quoted) p++
    const from = p
    let to = -1
    while (to < 0) {
      if (p === end) {
        if (quoted) return broken(scan, 'bad_quoting', n, end)
        to = p
        break
      }
      const c = bytes[p]!
      if (c >= 0x80) {
        const length = sequenceLength(bytes, p)
        if (length === 0) return broken(scan, 'bad_utf8', n, p)
        p += length
      } else if (c === QUOTE) {
        if (!quoted) return broken(scan, 'bad_quoting', n, p)
        if (bytes[p + 1] === QUOTE) {
          doubled = true
          p += 2
        } else {
          to = p++
          if (p < end && bytes[p] !== COMMA && bytes[p] !== LF && bytes[p] !== CR)
            return broken(scan, 'bad_quoting', n, p)
        }
      } else if (c === 0) {
        return broken(scan, 'nul_byte', n, end)
      } else if (!quoted && (c === COMMA || c === LF || c === CR)) {
        to = p
      } else if (c === DEL || (c < SPACE && c !== TAB && c !== LF && c !== CR)) {
        return broken(scan, 'control_character', n, p)
      } else {
        p++
      }
    }
    if (to - from > scan.maxFieldBytes) return broken(scan, 'field_too_long', n, p)
    starts[n] = from
    ends[n] = to
    n++
    if (p < end && bytes[p] === COMMA) {
      p++
      continue
    }
    if (p < end && bytes[p] === CR) {
      // A carriage return alone may be the line end of a whole old file: nothing behind it can be trusted.
      if (bytes[p + 1] !== LF) return broken(scan, 'bare_carriage_return', null, end)
      p++
    }
    scan.pos = p < end ? p + 1 : p
    if (doubled) undouble(scan, n)
    return n
  }
}

/** What a problem calls the column at a position counted from 0. */
export const columnName = (scan: Scan, field: number): string => scan.names[field] ?? `#${field + 1}`

const latin1 = () => ({ hint: LATIN1 })

/** Reports a broken row and goes on behind the next line break from `from`. */
function broken(scan: Scan, reason: ReasonName, field: number | null, from: number): number {
  const column = field === null ? null : columnName(scan, field)
  addProblem(scan.problems, reason, scan.row, column, '', reason === 'bad_utf8' ? latin1 : undefined)
  const next = scan.bytes.indexOf(LF, from)
  scan.pos = next < 0 ? scan.bytes.length : next + 1
  return BROKEN_ROW
}

/** Passes blank lines at the end of the file; elsewhere they are a mistake, told once for a run of them. */
export function blankLines(scan: Scan): number {
  const { bytes } = scan
  const firstBlank = scan.row + 1
  let p = scan.pos
  while (p < bytes.length && (bytes[p] === LF || (bytes[p] === CR && bytes[p + 1] === LF))) {
    p += bytes[p] === CR ? 2 : 1
    scan.row++
  }
  if (p === bytes.length) {
    scan.pos = p
    return 0
  }
  if (bytes[p] === CR) {
    scan.row++
    return broken(scan, 'bare_carriage_return', null, bytes.length)
  }
  addProblem(scan.problems, 'blank_line', firstBlank, null)
  scan.pos = p
  return BROKEN_ROW
}

/** Replaces the row by a copy in which doubled quotes are single ones. */
function undouble(scan: Scan, fields: number): void {
  const { bytes, starts, ends } = scan
  const kept = Math.min(fields, starts.length)
  const copy = new Uint8Array(ends[kept - 1]! - starts[0]!)
  let to = 0
  for (let i = 0; i < kept; i++) {
    const end = ends[i]!
    let p = starts[i]!
    starts[i] = to
    while (p < end) {
      const c = bytes[p++]!
      copy[to++] = c
      if (c === QUOTE) p++
    }
    ends[i] = to
  }
  scan.source = copy
}
