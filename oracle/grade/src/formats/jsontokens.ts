/** The tokens of JSON by RFC 8259 straight from bytes, one line at a time. */

import type { ReasonName } from '../reasons.ts'
import { type RowTexts, textFault } from './texts.ts'

/** Lists and objects that nobody asked for are passed over down to this depth. */
export const MAX_DEPTH = 16

const SPACE = 32
const TAB = 9
export const QUOTE = 34
export const COMMA = 44
const PLUS = 43
const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57
export const COLON = 58
export const LIST = 91
const BACKSLASH = 92
export const LIST_END = 93
export const OBJECT = 123
export const OBJECT_END = 125

/** Why a line cannot be read. */
export class Fault extends Error {
  readonly reason: ReasonName
  readonly detail: string
  constructor(reason: ReasonName, detail = '') {
    super()
    this.reason = reason
    this.detail = detail
  }
}

export interface Cursor {
  readonly bytes: Uint8Array
  pos: number
}

/** The next byte behind spaces and tabs, -1 at the end. */
export function skipSpace(cursor: Cursor): number {
  const { bytes } = cursor
  while (bytes[cursor.pos] === SPACE || bytes[cursor.pos] === TAB) cursor.pos++
  return bytes[cursor.pos] ?? -1
}

/** Passes a string from its first quote to behind its last; true if it has no escapes. */
export function passString(cursor: Cursor): boolean {
  const { bytes } = cursor
  let plain = true
  for (let p = cursor.pos + 1; p < bytes.length; p++) {
    const c = bytes[p]!
    if (c === QUOTE) {
      cursor.pos = p + 1
      return plain
    }
    if (c === BACKSLASH) {
      plain = false
      p++
    } else if (c < SPACE) {
      cursor.pos = p
      throw new Fault('bad_json', 'A string is never closed, or has a line end or another control character in it.')
    }
  }
  cursor.pos = bytes.length
  throw new Fault('bad_json', 'A string is never closed.')
}

/** Appends what the string between `start` and `end` stands for. */
export function decodeString(bytes: Uint8Array, start: number, end: number, plain: boolean, out: RowTexts): void {
  const from = out.length
  if (plain) out.copy(bytes, start, end)
  else
    for (let p = start; p < end; )
      p = bytes[p] === BACKSLASH ? decodeEscape(bytes, p + 1, end, out) : copied(bytes, p, out)
  const fault = textFault(out.bytes, from, out.length)
  if (fault) throw new Fault(fault)
}

function copied(bytes: Uint8Array, p: number, out: RowTexts): number {
  out.byte(bytes[p]!)
  return p + 1
}

const ESCAPES: Readonly<Record<number, number>> = { 34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 }
const U = 117

/** The first byte behind the escape whose letter is at `p`. */
function decodeEscape(bytes: Uint8Array, p: number, end: number, out: RowTexts): number {
  const letter = bytes[p]!
  if (letter !== U) {
    const byte = ESCAPES[letter]
    if (byte === undefined) throw new Fault('bad_json', 'It has an escape that JSON does not have.')
    out.byte(byte)
    return p + 1
  }
  const unit = hex4(bytes, p + 1, end)
  if (unit < 0xd800 || unit > 0xdfff) {
    out.codePoint(unit)
    return p + 5
  }
  const low = bytes[p + 5] === BACKSLASH && bytes[p + 6] === U ? hex4(bytes, p + 7, end) : 0
  if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
    throw new Fault('bad_json', 'An escape is half a character (a lone surrogate).')
  out.codePoint(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
  return p + 11
}

function hex4(bytes: Uint8Array, start: number, end: number): number {
  const text = start + 4 <= end ? String.fromCharCode(...bytes.subarray(start, start + 4)) : ''
  if (!/^[0-9a-fA-F]{4}$/.test(text)) throw new Fault('bad_json', 'It has an escape that JSON does not have.')
  return Number.parseInt(text, 16)
}

/** Passes a number, `true`, `false` or `null` from its first character; returns where it began. */
export function passWord(cursor: Cursor): number {
  const { bytes } = cursor
  const start = cursor.pos
  let p = start
  while (isWord(bytes[p])) p++
  cursor.pos = p
  const first = bytes[start]
  if (first === MINUS || (first !== undefined && first >= ZERO && first <= NINE)) {
    if (isNumber(bytes, start, p)) return start
  } else if (WORDS.some((word) => isText(bytes, start, p, word))) return start
  if (NOT_FINITE.some((word) => isText(bytes, start, p, word))) throw new Fault('not_finite')
  throw new Fault('bad_json')
}

const WORDS = ['true', 'false', 'null']
const NOT_FINITE = ['NaN', 'Infinity', '-Infinity']

const isText = (bytes: Uint8Array, start: number, end: number, text: string): boolean =>
  end - start === text.length && [...text].every((c, i) => bytes[start + i] === c.charCodeAt(0))

export const isNull = (bytes: Uint8Array, start: number): boolean => bytes[start] === 110

/** Letters, digits, `+`, `-` and `.`. */
const isWord = (c: number | undefined): boolean =>
  c !== undefined &&
  ((c >= ZERO && c <= NINE) || ((c | 32) >= 97 && (c | 32) <= 122) || c === MINUS || c === PLUS || c === POINT)

/** By the grammar of JSON: no plus in front, no leading zero, digits on both sides of a point. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let p = bytes[start] === MINUS ? start + 1 : start
  const digits = (): boolean => {
    const from = p
    while (p < end && bytes[p]! >= ZERO && bytes[p]! <= NINE) p++
    return p > from
  }
  if (bytes[p] === ZERO) p++
  else if (!digits()) return false
  if (p < end && bytes[p] === POINT) {
    p++
    if (!digits()) return false
  }
  if (p < end && (bytes[p]! | 32) === 101) {
    p++
    if (p < end && (bytes[p] === MINUS || bytes[p] === PLUS)) p++
    if (!digits()) return false
  }
  return p === end
}

/** Passes any value, however deep down to `MAX_DEPTH`. */
export function passValue(cursor: Cursor): void {
  // What closes the lists and objects that are open.
  const open: number[] = []
  for (;;) {
    const c = skipSpace(cursor)
    if (c === LIST || c === OBJECT) {
      if (open.length === MAX_DEPTH)
        throw new Fault('bad_json', `Lists and objects are nested deeper than ${MAX_DEPTH}.`)
      cursor.pos++
      open.push(c === LIST ? LIST_END : OBJECT_END)
      if (skipSpace(cursor) === open.at(-1)) {
        cursor.pos++
        open.pop()
      } else {
        if (c === OBJECT) passKey(cursor)
        continue
      }
    } else if (c === QUOTE) passString(cursor)
    else passWord(cursor)
    while (open.length > 0 && skipSpace(cursor) === open.at(-1)) {
      cursor.pos++
      open.pop()
    }
    if (open.length === 0) return
    if (skipSpace(cursor) !== COMMA) throw new Fault('bad_json')
    cursor.pos++
    if (open.at(-1) === OBJECT_END) passKey(cursor)
  }
}

function passKey(cursor: Cursor): void {
  if (skipSpace(cursor) !== QUOTE) throw new Fault('bad_json')
  passString(cursor)
  if (skipSpace(cursor) !== COLON) throw new Fault('bad_json')
  cursor.pos++
}
