/** Frames: a length and a checksum before each blob, so that what was cut off by a crash can be told from what was written. */
import { crc32 } from 'node:zlib'

/** Bytes before each blob. */
export const HEAD = 8
/** No record or state comes near this; a larger length is a damaged one. */
const MAX_FRAME = 0x7fffffff

export function frame(blob: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt32LE(blob.length, 0)
  head.writeUInt32LE(crc32(blob), 4)
  return Buffer.concat([head, blob])
}

/** The whole frames at the start of a file, and how many bytes they take. */
export function unframe(file: Buffer): { blobs: Buffer[]; length: number } {
  const blobs: Buffer[] = []
  let at = 0
  while (at + HEAD <= file.length) {
    const length = file.readUInt32LE(at)
    const blob = file.subarray(at + HEAD, at + HEAD + length)
    // Nothing that is kept is empty: zeros are what a loss of power leaves of a file.
    if (length === 0 || length > MAX_FRAME || blob.length < length || crc32(blob) !== file.readUInt32LE(at + 4)) break
    blobs.push(blob)
    at += HEAD + length
  }
  return { blobs, length: at }
}
