/** The rows of a CSV file that need not fit into memory: it is read in pieces, each of whole rows. */

import { closeSync, openSync, readSync } from 'node:fs'
import { matchHeader, readHeader } from '../csv/header.ts'
import { BROKEN_ROW, nextRow, openScan, type Scan } from '../csv/scan.ts'
import { addProblem, type Problems } from '../problems.ts'
import { LIMITS } from '../shape.ts'

/** A row that begins nearer to the end of a piece waits for the next one. In a quoted field, each byte may be a doubled quote. */
const LONGEST_ROW = LIMITS.maxColumns * (2 * LIMITS.maxFieldBytes + 3)
const PIECE = 2 * LONGEST_ROW

export interface RowReader {
  readonly idColumn: string
  /** All that must be in the header. */
  readonly wanted: readonly string[]
  readonly extraColumns: 'refuse' | 'ignore'
  header?(bytes: Uint8Array): void
  /** A row is `scan.bytes[begin, scan.pos)`, its id `scan.source[start, end)`, empty where the row has another number of fields. False ends the reading. */
  row(scan: Scan, begin: number, start: number, end: number): boolean
}

/** Reads rows up to the first problem of the file's form. Returns false where the header cannot be used. */
export function readRows(path: string, problems: Problems, reader: RowReader): boolean {
  const file = openSync(path, 'r')
  try {
    return readPieces(file, problems, reader)
  } finally {
    closeSync(file)
  }
}

function readPieces(file: number, problems: Problems, reader: RowReader): boolean {
  const { idColumn, wanted, extraColumns } = reader
  const piece = new Uint8Array(PIECE)
  let length = 0
  let row = 0
  let width = 0
  let id = 0
  let names: Scan['names'] = []
  let blank: number | undefined
  for (let ended = false, first = true; ; first = false) {
    while (length < PIECE && !ended) {
      const read = readSync(file, piece, length, PIECE - length, null)
      if (read === 0) ended = true
      length += read
    }
    const scan = openScan(piece.subarray(0, length), problems, LIMITS.maxColumns)
    if (first) {
      const header = readHeader(scan)
      const positions = header && matchHeader(scan, header, wanted, extraColumns)
      if (!positions) return false
      width = header.length
      id = positions[wanted.indexOf(idColumn)]!
      names = scan.names
      reader.header?.(scan.bytes.subarray(0, scan.pos))
    } else {
      // A byte-order mark is one at the beginning of a file only.
      scan.pos = 0
      scan.row = row
    }
    scan.names = names
    const last = ended ? length : length - LONGEST_ROW
    while (scan.pos < last) {
      const begin = scan.pos
      const before = scan.row
      const fields = nextRow(scan)
      if (fields === 0) {
        blank ??= before + 1
        break
      }
      if (blank !== undefined) addProblem(problems, 'blank_line', blank, null)
      if (fields === BROKEN_ROW || blank !== undefined) return true
      const [start, end] = fields === width ? [scan.starts[id]!, scan.ends[id]!] : [0, 0]
      if (reader.row(scan, begin, start, end) === false) return true
    }
    if (ended) return true
    row = scan.row
    piece.copyWithin(0, scan.pos, length)
    length -= scan.pos
  }
}
