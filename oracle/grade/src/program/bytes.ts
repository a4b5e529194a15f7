/** Reading and writing of WebAssembly's binary format: bytes, LEB128 numbers, vectors. */

import { refuse } from './refusal.ts'

export interface Reader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
}

export const readerOf = (bytes: Uint8Array, at = 0, end = bytes.length): Reader => ({ bytes, at, end })

export function byte(reader: Reader): number {
  if (reader.at >= reader.end) refuse('malformed', 'it ends within a section')
  return reader.bytes[reader.at++]!
}

/** An unsigned number of at most 32 bits. */
export function u32(reader: Reader): number {
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const next = byte(reader)
    value += (next & 0x7f) * 2 ** shift
    if (next < 0x80) return value
  }
  return refuse('malformed', 'a number is longer than 32 bits')
}

/** Passes a LEB128 number of any size without reading it. */
export function skipLeb(reader: Reader): void {
  for (let i = 0; byte(reader) >= 0x80; i++) if (i > 9) refuse('malformed', 'a number is longer than 64 bits')
}

/** The next `length` bytes. */
export function take(reader: Reader, length: number): Uint8Array {
  if (length > reader.end - reader.at) refuse('malformed', 'a length goes beyond its section')
  reader.at += length
  return reader.bytes.subarray(reader.at - length, reader.at)
}

/** A vector, whose items are read by `item`. Each takes at least a byte, so that a length cannot promise more than there is. */
export function vector<T>(reader: Reader, item: (reader: Reader, i: number) => T): T[] {
  const count = u32(reader)
  if (count > reader.end - reader.at) refuse('malformed', 'a vector goes beyond its section')
  return Array.from({ length: count }, (_, i) => item(reader, i))
}

/** An unsigned LEB128 number. */
export function leb(value: number | bigint): number[] {
  if (value >= 0 && value < 0x80) return [Number(value)]
  const bytes: number[] = []
  for (let rest = BigInt(value); ; ) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    if (rest === 0n) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

/** A signed LEB128 number. */
export function signedLeb(value: number | bigint): number[] {
  if (value >= 0 && value < 0x40) return [Number(value)]
  const bytes: number[] = []
  for (let rest = BigInt(value); ; ) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

/** Collects parts of a file; a function of an evaluator may be longer than what fits on a stack of arguments. */
export class Writer {
  readonly #parts: Uint8Array[] = []
  #length = 0

  put(bytes: Uint8Array | readonly number[]): this {
    const part = bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes)
    this.#parts.push(part)
    this.#length += part.length
    return this
  }

  get length(): number {
    return this.#length
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }
}

/** A section, or a function's body: its length, then what it holds. */
export const sized = (bytes: Uint8Array): Uint8Array => new Writer().put(leb(bytes.length)).put(bytes).bytes()
