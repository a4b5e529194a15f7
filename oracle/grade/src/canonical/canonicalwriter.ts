/** How the parts of a canonical form become bytes: little-endian integers and floats, texts after their lengths. */

import type { Hasher } from './sha256.ts'

/** Takes bytes piece by piece, each valid only during the call: a hash, for instance. */
export type Sink = Pick<Hasher, 'update'>

/** Gathers small writes into pieces of 64 KiB. */
export interface Writer {
  byte(value: number): void
  u32(value: number): void
  float(value: number): void
  /** `u32` length and bytes. */
  text(bytes: Uint8Array): void
  copy(bytes: Uint8Array, start: number, end: number): void
  flush(): void
}

export function createWriter(sink: Sink): Writer {
  const piece = new Uint8Array(65536)
  const view = new DataView(piece.buffer)
  let used = 0
  const flush = (): void => {
    sink.update(piece.subarray(0, used))
    used = 0
  }
  const room = (count: number): void => {
    if (used + count > piece.length) flush()
  }
  const u32 = (value: number): void => {
    room(4)
    view.setUint32(used, value, true)
    used += 4
  }
  const copy = (bytes: Uint8Array, start: number, end: number): void => {
    room(end - start)
    if (end - start > piece.length) {
      sink.update(bytes.subarray(start, end))
      return
    }
    for (let i = start; i < end; i++) piece[used++] = bytes[i]!
  }
  return {
    byte(value) {
      room(1)
      piece[used++] = value
    },
    u32,
    float(value) {
      room(8)
      // Adding 0 turns −0 into 0.
      view.setFloat64(used, value + 0, true)
      used += 8
    },
    text(bytes) {
      u32(bytes.length)
      copy(bytes, 0, bytes.length)
    },
    copy,
    flush,
  }
}
