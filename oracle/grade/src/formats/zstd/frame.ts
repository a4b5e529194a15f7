/**
 * Zstandard by RFC 8878, without dictionaries. Strict: what a block or frame states must hold, and a block never gives more than 128 KiB,
 * so the work is bounded by the bytes that come out. A frame that has a checksum must have the right one.
 */

import { Damaged, Output } from '../damaged.ts'
import { type LiteralsState, readLiterals } from './literals.ts'
import { newSequencesState, runSequences } from './sequences.ts'
import { xxh64Low } from './xxhash.ts'

const MAGIC = 0xfd2fb528
/** 16 magic numbers of frames that are passed over. */
const SKIPPABLE = 0x184d2a50
const MOST_OF_BLOCK = 128 * 1024
/** Frames without content cost nothing to write. */
const MOST_FRAMES = 10_000

/** Unpacks up to `limit` bytes. @throws Damaged, TooLarge */
export function unzstd(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Output(limit, bytes.length * 4)
  unzstdInto(bytes, out)
  return out.done()
}

export function unzstdInto(bytes: Uint8Array, out: Output): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let pos = 0
  for (let frames = 0; pos < bytes.length || frames === 0; frames++) {
    if (frames === MOST_FRAMES || pos + 8 > bytes.length) throw new Damaged()
    const magic = view.getUint32(pos, true)
    if (magic === MAGIC) pos = readFrame(bytes, view, pos + 4, out)
    else if ((magic & ~15) >>> 0 === SKIPPABLE) pos += 8 + view.getUint32(pos + 4, true)
    else throw new Damaged()
    if (pos > bytes.length) throw new Damaged()
  }
}

interface Header {
  /** Stated size of the content. */
  size: number | undefined
  window: number
  checksum: boolean
  end: number
}

function readHeader(bytes: Uint8Array, view: DataView, start: number): Header {
  const flags = bytes[start]!
  const single = (flags & 32) !== 0
  if (flags & 8) throw new Damaged()
  let pos = start + 1
  let window = 0
  if (!single) {
    const descriptor = bytes[pos++] ?? 255
    const base = 2 ** (10 + (descriptor >> 3))
    window = base + (base / 8) * (descriptor & 7)
  }
  const idBytes = [0, 1, 2, 4][flags & 3]!
  const sizeBytes = flags >> 6 === 0 ? (single ? 1 : 0) : 1 << (flags >> 6)
  if (pos + idBytes + sizeBytes > bytes.length) throw new Damaged()
  for (let i = 0; i < idBytes; i++) if (bytes[pos++] !== 0) throw new Damaged()
  let size: number | undefined
  if (sizeBytes === 1) size = bytes[pos]!
  else if (sizeBytes === 2) size = view.getUint16(pos, true) + 256
  else if (sizeBytes === 4) size = view.getUint32(pos, true)
  else if (sizeBytes === 8) size = Number(view.getBigUint64(pos, true))
  return { size, window: single ? size! : window, checksum: (flags & 4) !== 0, end: pos + sizeBytes }
}

/** The first byte behind the frame. */
function readFrame(bytes: Uint8Array, view: DataView, start: number, out: Output): number {
  const { size, window, checksum, end } = readHeader(bytes, view, start)
  const from = out.length
  const most = Math.min(window, MOST_OF_BLOCK)
  const literals: LiteralsState = { huffman: undefined }
  const sequences = newSequencesState()
  let pos = end
  for (let last = false; !last; ) {
    if (pos + 3 > bytes.length) throw new Damaged()
    const header = bytes[pos]! | (bytes[pos + 1]! << 8) | (bytes[pos + 2]! << 16)
    pos += 3
    last = (header & 1) === 1
    const kind = (header >> 1) & 3
    const length = header >> 3
    const stop = pos + (kind === 1 ? 1 : length)
    if (length > most || stop > bytes.length || kind === 3) throw new Damaged()
    if (kind === 0) out.append(bytes, pos, stop)
    else if (kind === 1) {
      out.need(length)
      out.bytes.fill(bytes[pos]!, out.length, out.length + length)
      out.length += length
    } else {
      const read = readLiterals(bytes, pos, stop, literals, most)
      runSequences(bytes, read.end, stop, read.literals, sequences, out, { from, most })
    }
    pos = stop
  }
  if (size !== undefined && out.length - from !== size) throw new Damaged()
  if (!checksum) return pos
  if (pos + 4 > bytes.length || view.getUint32(pos, true) !== xxh64Low(out.bytes, from, out.length)) throw new Damaged()
  return pos + 4
}
