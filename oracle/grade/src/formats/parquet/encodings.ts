/** How values lie in a Parquet page. Every reader gives exactly the values that are asked for, or throws. */

import { Damaged } from '../damaged.ts'
import { Thrift } from './thrift.ts'

/** Runs and packed bits in turn: levels and places in a dictionary. @throws Damaged */
export function readHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Uint8Array | Int32Array,
): void {
  if (width > 31) throw new Damaged()
  if (width === 0) return
  const input = new Thrift(bytes, start, end)
  const whole = (width + 7) >> 3
  for (let at = 0; at < out.length; ) {
    const head = input.varint()
    if (head % 2 === 0) {
      let value = 0
      for (let i = 0, scale = 1; i < whole; i++, scale *= 256) value += input.byte() * scale
      const count = Math.min(head / 2, out.length - at)
      if (count === 0) throw new Damaged()
      out.fill(value, at, at + count)
      at += count
      continue
    }
    // Groups of eight; the last group may hold more than is left.
    const groups = (head - 1) / 2
    const count = Math.min(groups * 8, out.length - at)
    if (count === 0) throw new Damaged()
    unpackBits(bytes, input.pos, end, width, out, at, count)
    at += count
    input.pos = Math.min(end, input.pos + groups * width)
  }
}

function unpackBits(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Uint8Array | Int32Array,
  at: number,
  count: number,
): void {
  if (start + ((count * width + 7) >> 3) > end) throw new Damaged()
  let pos = start
  let held = 0
  let bits = 0
  for (let i = 0; i < count; i++) {
    // Sums of powers of two stay exact where shifts of 32 bits would not.
    while (bits < width) {
      held += bytes[pos++]! * 2 ** bits
      bits += 8
    }
    const value = held % 2 ** width
    out[at + i] = value
    held = (held - value) / 2 ** width
    bits -= width
  }
}

const MASK = (1n << 64n) - 1n

/** Differences, packed by blocks; whole numbers of 64 bits. `end` is the first byte behind them. */
export function readDeltas(
  bytes: Uint8Array,
  start: number,
  stop: number,
  count: number,
): { values: BigInt64Array; end: number } {
  const input = new Thrift(bytes, start, stop)
  const block = input.varint()
  const parts = input.varint()
  const total = input.varint()
  const each = block / parts
  if (block % 128 !== 0 || block === 0 || block > 65536 || !(each % 32 === 0) || each === 0 || total !== count)
    throw new Damaged()
  const values = new BigInt64Array(count)
  let last = zigzag(input)
  if (count > 0) values[0] = last
  for (let at = 1; at < count; ) {
    const least = zigzag(input)
    const widths = Array.from({ length: parts }, () => input.byte())
    for (const width of widths) {
      if (at >= count) break
      const length = (each / 8) * width
      if (width > 64 || input.pos + length > stop) throw new Damaged()
      const mask = (1n << BigInt(width)) - 1n
      let held = 0n
      let bits = 0
      let pos = input.pos
      for (let i = 0; i < each && at < count; i++) {
        while (bits < width) {
          held |= BigInt(bytes[pos++]!) << BigInt(bits)
          bits += 8
        }
        last = BigInt.asIntN(64, last + least + (held & mask))
        values[at++] = last
        held >>= BigInt(width)
        bits -= width
      }
      input.pos += length
    }
  }
  return { values, end: input.pos }
}

function zigzag(input: Thrift): bigint {
  let value = 0n
  for (let i = 0n; i < 10n; i++) {
    const byte = input.byte()
    value |= BigInt(byte & 127) << (7n * i)
    if (byte < 128) return ((value & MASK) >> 1n) ^ -(value & 1n)
  }
  throw new Damaged()
}

/** The k-th bytes of all values stand together. */
export function joinStreams(bytes: Uint8Array, start: number, end: number, count: number, width: number): Uint8Array {
  if (start + count * width > end) throw new Damaged()
  const out = new Uint8Array(count * width)
  for (let k = 0; k < width; k++) for (let i = 0; i < count; i++) out[i * width + k] = bytes[start + k * count + i]!
  return out
}
