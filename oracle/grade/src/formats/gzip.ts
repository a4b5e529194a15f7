/** gzip by RFC 1952: one or more members with nothing behind them, each with its checksum and length. */

import { Damaged, Output } from './damaged.ts'
import { inflate } from './inflate.ts'

/** Unpacks up to `limit` bytes. @throws Damaged, TooLarge */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Output(limit, bytes.length * 4)
  gunzipInto(bytes, out)
  return out.done()
}

export function gunzipInto(bytes: Uint8Array, out: Output): void {
  let pos = 0
  do {
    pos = header(bytes, pos)
    const from = out.length
    pos = inflate(bytes, pos, out)
    if (pos + 8 > bytes.length) throw new Damaged()
    const view = new DataView(bytes.buffer, bytes.byteOffset + pos, 8)
    const length = (out.length - from) % 2 ** 32
    if (view.getUint32(0, true) !== crc32(out.bytes, from, out.length) || view.getUint32(4, true) !== length)
      throw new Damaged()
    pos += 8
  } while (pos < bytes.length)
}

const HEADER_CHECK = 2
const EXTRA = 4
const NAME = 8
const COMMENT = 16
const RESERVED = 0xe0

/** The first byte behind the header. */
function header(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + 3] ?? RESERVED
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8 || flags & RESERVED)
    throw new Damaged()
  let pos = start + 10
  if (flags & EXTRA) pos += 2 + ((bytes[pos] ?? 0) | ((bytes[pos + 1] ?? 0) << 8))
  if (flags & NAME) pos = behindZero(bytes, pos)
  if (flags & COMMENT) pos = behindZero(bytes, pos)
  if (flags & HEADER_CHECK) pos += 2
  if (pos > bytes.length) throw new Damaged()
  return pos
}

function behindZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from)
  if (zero < 0) throw new Damaged()
  return zero + 1
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array, start: number, end: number): number {
  let value = 0xffffffff
  for (let i = start; i < end; i++) value = TABLE[(value ^ bytes[i]!) & 255]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
