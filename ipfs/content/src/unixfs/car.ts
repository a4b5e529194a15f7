/** CAR version 1: a root and its blocks, parents first, each once; for handing a file over whole, or several one after the other. */
import { CID } from 'multiformats/cid'
import { concat, sameBytes } from '../encoding/bytes.ts'
import { parseCid } from '../encoding/cid.ts'
import { ContentError } from '../errors.ts'
import type { GetBlock } from './read-file.ts'
import { MAX_BLOCK_BYTES, readFileNode } from './unixfs.ts'

export const CAR_MEDIA_TYPE = 'application/vnd.ipld.car'

/** Yields the archive; `read` returns checked blocks. `deep: false` stops after the root. */
export async function* writeCar(root: CID, read: GetBlock, deep = true): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield carHeader(root)
  yield* sectionsOf(root, read, new Set(), deep)
}

/** Of several files, in their order; a block that two of them have is written once. */
export async function* writeCarOf(roots: readonly CID[], read: GetBlock): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield carHeader(...roots)
  const seen = new Set<string>()
  for (const root of roots) yield* sectionsOf(root, read, seen)
}

async function* sectionsOf(
  root: CID,
  read: GetBlock,
  seen: Set<string>,
  deep = true,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const open = [root]
  for (let cid = open.pop(); cid; cid = open.pop()) {
    if (seen.has(cid.toString())) continue
    seen.add(cid.toString())
    const block = await read(parseCid(cid.toString()))
    yield carSection(cid, block)
    if (!deep) return
    // Depth first, first child first: the order that trustless clients expect.
    open.push(
      ...readFileNode(cid, block)
        .children.map((child) => child.cid)
        .reverse(),
    )
  }
}

export type CarBlock = { cid: CID; bytes: Uint8Array<ArrayBuffer> }

/**
 * The blocks of an archive in their order, held one at a time. They are not compared with their CIDs yet: that is for whoever asks
 * for one of them. What the archive says of its roots is skipped, for nobody may believe it.
 * @throws ContentError `bad_car`
 */
export async function* readCar(archive: AsyncIterable<Uint8Array>): AsyncGenerator<CarBlock> {
  const reader = sections(archive)
  if ((await reader.next()).done) throw badCar('it is empty')
  yield* blocksIn(reader)
}

/** The roots that an archive states, if it is written as `writeCarOf` does, and its blocks. @throws ContentError `bad_car` */
export async function openCar(
  archive: AsyncIterable<Uint8Array>,
): Promise<{ roots: CID[]; sections: AsyncGenerator<CarBlock> }> {
  const reader = sections(archive)
  const { done, value } = await reader.next()
  if (done) throw badCar('it is empty')
  return { roots: carRoots(value), sections: blocksIn(reader) }
}

async function* blocksIn(reader: AsyncGenerator<Uint8Array>): AsyncGenerator<CarBlock> {
  for await (const section of reader) {
    let decoded: [CID, Uint8Array]
    try {
      decoded = CID.decodeFirst(section)
    } catch {
      throw badCar('a section does not begin with a CID')
    }
    yield { cid: decoded[0], bytes: new Uint8Array(decoded[1]) }
  }
}

/** A block and its CID. */
const MAX_SECTION_BYTES = MAX_BLOCK_BYTES + 128

/** Cuts a stream into its length-prefixed sections, the header first. */
async function* sections(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  /** Bytes that the next section needs, its length included. */
  let wanted = 1
  for await (const piece of archive) {
    held.push(piece)
    bytes += piece.length
    while (bytes >= wanted) {
      // Copied only where a section came in several pieces.
      const all = held.length === 1 ? held[0]! : concat(held)
      const { length, at } = lengthOf(all)
      if (length === undefined) {
        held = [all]
        wanted = bytes + 1
        break
      }
      if (length === 0 || length > MAX_SECTION_BYTES) throw badCar('a section is empty or larger than a block')
      held = [all]
      wanted = at + length
      if (bytes < wanted) break
      yield all.subarray(at, at + length)
      held = [all.subarray(at + length)]
      bytes -= at + length
      wanted = 1
    }
  }
  if (bytes > 0) throw badCar('it ends in the middle of a section')
}

/** The varint at the beginning; `length` is undefined where it has not arrived whole. */
function lengthOf(bytes: Uint8Array): { length: number | undefined; at: number } {
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    if (at === 5) throw badCar('a length is longer than any can be')
    length += (bytes[at]! & 0x7f) * 128 ** at
    if (bytes[at]! < 0x80) return { length, at: at + 1 }
  }
  return { length: undefined, at: 0 }
}

/** The beginning of an archive. */
export const carHeader = (...roots: CID[]): Uint8Array<ArrayBuffer> => framed(header(roots))

/** One block of an archive. */
export const carSection = (cid: CID, block: Uint8Array): Uint8Array<ArrayBuffer> => framed(cid.bytes, block)

/** DAG-CBOR of `{roots: […], version: 1}`: the one shape that is ever written here. */
function header(roots: readonly CID[]): Uint8Array {
  const links = roots.map((root) => concat([LINK, cborHead(BYTES, root.bytes.length + 1), IDENTITY, root.bytes]))
  return concat([ROOTS, cborHead(ARRAY, roots.length), ...links, VERSION])
}

const ascii = (text: string) => [...new TextEncoder().encode(text)]
const ROOTS = Uint8Array.from([0xa2, 0x65, ...ascii('roots')])
const VERSION = Uint8Array.from([0x67, ...ascii('version'), 0x01])
const LINK = Uint8Array.from([0xd8, 0x2a])
const IDENTITY = Uint8Array.of(0x00)
const BYTES = 0x40
const ARRAY = 0x80

/** How DAG-CBOR begins a byte string or an array of this length. */
function cborHead(kind: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(kind | length)
  if (length < 256) return Uint8Array.of(kind | 24, length)
  return Uint8Array.of(kind | 25, length >> 8, length & 0xff)
}

/** A link to a CIDv1 of SHA-256 whose codec is one byte, as all of ours are. */
const LINK_BYTES = LINK.length + 2 + IDENTITY.length + 36

/** Of a header that is written as this file writes them. @throws ContentError `bad_car` */
function carRoots(bytes: Uint8Array): CID[] {
  // Its length tells how many there are; what they are is read, written again and compared.
  const count = Math.floor((bytes.length - ROOTS.length - VERSION.length) / LINK_BYTES)
  const roots: CID[] = []
  try {
    const at = ROOTS.length + cborHead(ARRAY, count).length
    for (let i = 0; i < count; i++)
      roots.push(CID.decode(bytes.subarray(at + i * LINK_BYTES + LINK_BYTES - 36, at + (i + 1) * LINK_BYTES)))
  } catch {
    throw badCar('its roots cannot be read')
  }
  if (!sameBytes(bytes, header(roots))) throw badCar('its header is not the one of files of this service')
  return roots
}

/** A section: its length as a varint, then its parts. */
function framed(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const varint = []
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  for (; length > 127; length = Math.floor(length / 128)) varint.push((length % 128) | 0x80)
  return concat([Uint8Array.from([...varint, length]), ...parts])
}

const badCar = (why: string) =>
  new ContentError('bad_car', `This is not the archive of a file (CAR version 1): ${why}.`)
