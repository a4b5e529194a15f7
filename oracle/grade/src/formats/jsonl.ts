/**
 * JSON Lines as rows: each line one object by RFC 8259 with the keys of the first, each key once. Every value becomes the text that a CSV
 * would hold: a string its characters, a number the characters that stand there, `true` and `false` those words, `null` nothing; a list,
 * in a column that holds several values, its items with one space between.
 */

import { BROKEN_ROW, blankLines, openScan, type Scan } from '../csv/scan.ts'
import { utf8, utf8Text } from '../csv/utf8.ts'
import { addProblem, type Problems } from '../problems.ts'
import { LIMITS } from '../shape.ts'
import {
  COLON,
  COMMA,
  type Cursor,
  decodeString,
  Fault,
  isNull,
  LIST,
  LIST_END,
  OBJECT,
  OBJECT_END,
  passString,
  passValue,
  passWord,
  QUOTE,
  skipSpace,
} from './jsontokens.ts'
import { isBlank } from './names.ts'
import { RowTexts } from './texts.ts'

const LF = 10
const CR = 13
const SPACE = 32

/** Where rows come from that are not split by the CSV scan itself. */
export interface OpenedRows {
  readonly scan: Scan
  /** Undefined where the file cannot be used; the reason is then in the problems. */
  readonly header: string[] | undefined
  /** At most so many rows follow. */
  readonly mostRows: number
  /** Says which columns are asked for, and whether each holds several values. Rows can be read from then on. */
  begin(lists: ReadonlyMap<string, boolean>): void
}

interface Lines extends Cursor {
  readonly scan: Scan
  readonly texts: RowTexts
  readonly header: string[]
  readonly keys: Uint8Array[]
  readonly places: Map<string, number>
  /** For each key whether its values may be lists; undefined for a key that is not asked for. */
  lists: (boolean | undefined)[]
  /** The row in which each key was seen last. */
  seen: Int32Array
  /** Whose value is read now, -1 between values. */
  key: number
}

export function openLines(bytes: Uint8Array, problems: Problems, maxFieldBytes: number): OpenedRows {
  const scan = openScan(bytes, problems, LIMITS.maxColumns, maxFieldBytes)
  const lines: Lines = {
    ...{ bytes, pos: scan.pos, scan, texts: new RowTexts(), header: [], keys: [], places: new Map(), lists: [] },
    ...{ seen: new Int32Array(0), key: -1 },
  }
  scan.first = 1
  scan.next = () => nextLine(lines)
  const header = readKeys(lines)
  // `{"a":1}` and a line end for a column; a comma, two quotes, a colon and a value for each further one.
  const least = header ? 7 + 5 * (header.length - 1) : 1
  return {
    ...{ scan, header, mostRows: Math.ceil(bytes.length / least) + 1 },
    begin(lists) {
      lines.lists = lines.header.map((name) => lists.get(name))
    },
  }
}

/** The keys of the first line; nothing is consumed. */
function readKeys(lines: Lines): string[] | undefined {
  const { scan, header, keys, places, bytes } = lines
  const { problems } = scan
  if (isBlank(bytes)) {
    addProblem(problems, 'empty_file', null, null)
    return undefined
  }
  try {
    readObject(lines, (start, end, plain) => {
      const name = keyText(bytes, start, end, plain)
      if (places.has(name)) throw new Fault('bad_json', 'A key occurs twice.')
      if (header.length === LIMITS.maxColumns)
        throw new Fault('too_many_columns', `At most ${LIMITS.maxColumns} are read.`)
      places.set(name, header.length)
      header.push(name)
      keys.push(utf8(name))
      passValue(lines)
    })
    if (header.length === 0) throw new Fault('bad_json', 'It has no keys.')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    addProblem(problems, error.reason, 1, null, error.detail)
    return undefined
  }
  lines.seen = new Int32Array(header.length)
  return header
}

/** As `nextRow` of a CSV. */
function nextLine(lines: Lines): number {
  const { scan, header, texts, seen, bytes } = lines
  if (scan.pos >= bytes.length) return 0
  if (bytes[scan.pos] === LF || bytes[scan.pos] === CR) return blankLines(scan)
  scan.row++
  texts.length = 0
  lines.pos = scan.pos
  let expected = 0
  try {
    readObject(lines, (start, end, plain) => {
      const at = placeOf(lines, expected, start, end, plain)
      expected = at + 1
      if (seen[at] === scan.row) throw new Fault('bad_json', 'A key occurs twice.')
      seen[at] = scan.row
      lines.key = at
      scan.starts[at] = texts.length
      const list = lines.lists[at]
      if (list === undefined) passValue(lines)
      else readValue(lines, list)
      scan.ends[at] = texts.length
      lines.key = -1
    })
    lines.key = seen.findIndex((row) => row !== scan.row)
    if (lines.key >= 0) throw new Fault('ragged_row', 'The key is missing from the line.')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const column = lines.key < 0 ? null : (scan.names[lines.key] ?? `#${lines.key + 1}`)
    lines.key = -1
    addProblem(scan.problems, error.reason, scan.row, column, error.detail)
    const next = bytes.indexOf(LF, lines.pos)
    scan.pos = next < 0 ? bytes.length : next + 1
    return BROKEN_ROW
  }
  scan.source = texts.bytes
  scan.pos = lines.pos
  return header.length
}

/** Reads the object of a line and passes the line end; `onMember` stands before each value and must pass it. */
function readObject(lines: Lines, onMember: (start: number, end: number, plain: boolean) => void): void {
  const { bytes } = lines
  const opening = skipSpace(lines)
  if (opening !== OBJECT)
    throw new Fault('bad_json', opening === LIST ? 'Write each row as an object in a line of its own.' : '')
  lines.pos++
  if (skipSpace(lines) === OBJECT_END) lines.pos++
  else {
    for (let more = true; more; ) {
      if (skipSpace(lines) !== QUOTE) throw new Fault('bad_json')
      const start = lines.pos + 1
      const plain = passString(lines)
      const end = lines.pos - 1
      if (skipSpace(lines) !== COLON) throw new Fault('bad_json')
      lines.pos++
      skipSpace(lines)
      onMember(start, end, plain)
      const next = skipSpace(lines)
      if (next !== COMMA && next !== OBJECT_END) throw new Fault('bad_json')
      lines.pos++
      more = next === COMMA
    }
  }
  if (skipSpace(lines) === CR) lines.pos++
  if (lines.pos < bytes.length && bytes[lines.pos] !== LF)
    throw new Fault('bad_json', 'There is text after the object.')
  lines.pos++
}

/** Which key of the first line this is. Most files have them in one order, and then nothing is decoded. */
function placeOf(lines: Lines, expected: number, start: number, end: number, plain: boolean): number {
  const { keys, places, bytes } = lines
  const key = keys[expected]
  if (plain && key && key.length === end - start) {
    let i = 0
    while (i < key.length && key[i] === bytes[start + i]) i++
    if (i === key.length) return expected
  }
  const at = places.get(keyText(bytes, start, end, plain))
  if (at === undefined) throw new Fault('ragged_row', 'It has a key that the first line does not have.')
  return at
}

function keyText(bytes: Uint8Array, start: number, end: number, plain: boolean): string {
  const text = new RowTexts()
  decodeString(bytes, start, end, plain, text)
  return utf8Text(text.bytes.subarray(0, text.length))
}

function readValue(lines: Lines, list: boolean): void {
  const { bytes, texts, scan } = lines
  const from = texts.length
  const first = bytes[lines.pos]
  if (first === OBJECT || (first === LIST && !list)) throw new Fault('nested_value')
  if (first === LIST) readItems(lines)
  else readScalar(lines)
  if (texts.length - from > scan.maxFieldBytes) throw new Fault('field_too_long')
}

function readScalar(lines: Lines): void {
  const { bytes, texts } = lines
  if (bytes[lines.pos] === QUOTE) {
    const start = lines.pos + 1
    const plain = passString(lines)
    decodeString(bytes, start, lines.pos - 1, plain, texts)
    return
  }
  const start = passWord(lines)
  if (!isNull(bytes, start)) texts.copy(bytes, start, lines.pos)
}

/** A list: each item a value without white space in it, which could not be told from the space between two. */
function readItems(lines: Lines): void {
  const { texts } = lines
  lines.pos++
  if (skipSpace(lines) === LIST_END) {
    lines.pos++
    return
  }
  for (let more = true, first = true; more; first = false) {
    if (!first) texts.byte(SPACE)
    const from = texts.length
    const c = skipSpace(lines)
    if (c === OBJECT || c === LIST) throw new Fault('nested_value')
    readScalar(lines)
    if (texts.length === from) throw new Fault('bad_list', 'An item is empty.')
    for (let i = from; i < texts.length; i++)
      if (texts.bytes[i]! <= SPACE) throw new Fault('bad_list', 'An item has a space in it.')
    const next = skipSpace(lines)
    if (next !== COMMA && next !== LIST_END) throw new Fault('bad_json')
    lines.pos++
    more = next === COMMA
  }
}
