/** Fields of a row as the text that a CSV would hold, gathered in one buffer. What a CSV cannot hold is refused here, too. */

import { sequenceLength } from '../csv/utf8.ts'
import type { ReasonName } from '../reasons.ts'

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const DEL = 127

/** A buffer that rows are written into one after the other. */
export class RowTexts {
  bytes: Uint8Array = new Uint8Array(4096)
  length = 0

  need(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const more = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2))
    more.set(this.bytes.subarray(0, this.length))
    this.bytes = more
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.need(1)
    this.bytes[this.length++] = value
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.need(end - start)
    for (let i = start; i < end; i++) this.bytes[this.length++] = from[i]!
  }

  ascii(text: string): void {
    this.need(text.length)
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i)
  }

  /** A code point beyond surrogates, as UTF-8. */
  codePoint(value: number): void {
    if (value < 0x80) {
      this.byte(value)
      return
    }
    if (value < 0x800) this.byte(0xc0 | (value >> 6))
    else {
      if (value < 0x10000) this.byte(0xe0 | (value >> 12))
      else {
        this.byte(0xf0 | (value >> 18))
        this.byte(0x80 | ((value >> 12) & 63))
      }
      this.byte(0x80 | ((value >> 6) & 63))
    }
    this.byte(0x80 | (value & 63))
  }
}

/** What of `bytes[start, end)` no CSV could hold: bytes that are no UTF-8, and control characters other than tab and line end. */
export function textFault(bytes: Uint8Array, start: number, end: number): ReasonName | undefined {
  for (let p = start; p < end; ) {
    const c = bytes[p]!
    if (c >= 0x80) {
      const length = sequenceLength(bytes, p)
      if (length === 0 || p + length > end) return 'bad_utf8'
      p += length
      continue
    }
    if (c === 0) return 'nul_byte'
    if (c === DEL || (c < SPACE && c !== TAB && c !== LF && c !== CR)) return 'control_character'
    p++
  }
  return undefined
}
