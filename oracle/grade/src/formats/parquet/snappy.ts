/** Snappy's raw format, which Parquet pages are packed by unless their writer chose otherwise. */

import { Damaged, Output } from '../damaged.ts'

/** @param size of what comes out, as the page's header states it. @throws Damaged */
export function unsnappy(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Output(size, size)
  let pos = 0
  let stated = 0
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[pos++]
    if (byte === undefined || pos > 5) throw new Damaged()
    stated += (byte & 127) * scale
    if (byte < 128) break
  }
  if (stated !== size) throw new Damaged()
  while (pos < bytes.length) {
    const tag = bytes[pos++]!
    const kind = tag & 3
    if (kind === 0) {
      let length = tag >> 2
      const more = length < 60 ? 0 : length - 59
      if (more > 0) length = littleEndian(bytes, pos, more)
      pos += more
      if (pos + length + 1 > bytes.length) throw new Damaged()
      out.append(bytes, pos, pos + length + 1)
      pos += length + 1
      continue
    }
    const width = kind === 3 ? 4 : kind
    const low = littleEndian(bytes, pos, width)
    pos += width
    if (kind === 1) out.repeat(low + ((tag >> 5) << 8), ((tag >> 2) & 7) + 4)
    else out.repeat(low, (tag >> 2) + 1)
  }
  if (out.length !== size) throw new Damaged()
  return out.done()
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  if (at + count > bytes.length) throw new Damaged()
  let value = 0
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!
  return value
}
