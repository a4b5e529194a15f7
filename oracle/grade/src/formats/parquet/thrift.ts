/** Thrift's compact protocol, as far as Parquet uses it. What nobody asked for is passed over without being kept. */

import { Damaged } from '../damaged.ts'

const STOP = 0
export const TRUE = 1
const FALSE = 2
const BYTE = 3
const I16 = 4
const I32 = 5
const I64 = 6
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const SET = 10
const MAP = 11
const STRUCT = 12

const MAX_DEPTH = 16

export class Thrift {
  readonly bytes: Uint8Array
  pos: number
  readonly end: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.pos = start
    this.end = end
  }

  byte(): number {
    if (this.pos >= this.end) throw new Damaged()
    return this.bytes[this.pos++]!
  }

  /** Up to 64 bits, exact below 2^53; what is beyond is no size, count or place of a file that is read here. */
  varint(): number {
    let value = 0
    for (let i = 0, scale = 1; i < 10; i++, scale *= 128) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw new Damaged()
  }

  /** Zigzag. */
  integer(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  binary(): Uint8Array {
    const length = this.varint()
    if (length > this.end - this.pos) throw new Damaged()
    this.pos += length
    return this.bytes.subarray(this.pos - length, this.pos)
  }

  /** Reads a struct: `field` reads the value of a field that it knows, and returns false for one that it does not. */
  struct(field: (id: number, type: number) => boolean): void {
    let id = 0
    for (;;) {
      const head = this.byte()
      const type = head & 15
      if (type === STOP) return
      id = head >> 4 === 0 ? this.integer() : id + (head >> 4)
      if (!field(id, type)) this.skip(type, 0)
    }
  }

  /** Reads a list of structs, binaries or integers: `item` reads each of them. */
  list(type: number, item: (type: number) => void): void {
    if (type !== LIST) throw new Damaged()
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    // Every item takes at least a byte.
    if (size > this.end - this.pos) throw new Damaged()
    for (let i = 0; i < size; i++) item(head & 15)
  }

  skip(type: number, depth: number): void {
    if (depth > MAX_DEPTH) throw new Damaged()
    if (type === TRUE || type === FALSE) return
    if (type === BYTE) this.byte()
    else if (type === I16 || type === I32 || type === I64) this.varint()
    else if (type === DOUBLE) this.advance(8)
    else if (type === BINARY) this.binary()
    else if (type === LIST || type === SET) {
      const head = this.byte()
      const size = head >> 4 === 15 ? this.varint() : head >> 4
      if (size > this.end - this.pos) throw new Damaged()
      for (let i = 0; i < size; i++) this.skipItem(head & 15, depth + 1)
    } else if (type === MAP) {
      const size = this.varint()
      if (size > this.end - this.pos) throw new Damaged()
      const types = size > 0 ? this.byte() : 0
      for (let i = 0; i < size; i++) {
        this.skipItem(types >> 4, depth + 1)
        this.skipItem(types & 15, depth + 1)
      }
    } else if (type === STRUCT) {
      for (let head = this.byte(); (head & 15) !== STOP; head = this.byte()) {
        if (head >> 4 === 0) this.integer()
        this.skip(head & 15, depth + 1)
      }
    } else throw new Damaged()
  }

  /** In a list a truth value takes a byte of its own. */
  private skipItem(type: number, depth: number): void {
    if (type === TRUE || type === FALSE) this.byte()
    else this.skip(type, depth)
  }

  private advance(count: number): void {
    if (count > this.end - this.pos) throw new Damaged()
    this.pos += count
  }
}
