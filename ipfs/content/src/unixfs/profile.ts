/** Whether a CID is the one CID that its bytes have under the profile `unixfs-v1-2025`, told from the blocks, one at a time. */
import { decode, encode, type PBLink, type PBNode } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import type { CID } from 'multiformats/cid'
import { sameBytes } from '../encoding/bytes.ts'
import { DAG_PB, RAW } from '../encoding/cid.ts'
import { type GetBlock, type OpenFile, openFile } from './read-file.ts'
import { notAFile } from './unixfs.ts'

/** `chunk` bytes in each leaf but the last, `links` children in each node but the last of its level. */
export type Layout = { chunk: number; links: number }

/** As `importBytes` cuts files. */
export const PROFILE_LAYOUT: Layout = { chunk: 1_048_576, links: 1024 }

/** What the parent of a block says about it. Leaves have level 0. */
type Stated = { bytes: number; level: number; tsize: number }

/**
 * Opens a file of at most `maxBytes` bytes which is laid out as `importBytes` lays files out. Only the root is asked for before the
 * size that it states is compared with `maxBytes`. Each further block is checked as it is read, so the file is known to be in the
 * profile when `read` has ended, and no byte of a block that is not is handed out.
 * @throws ContentError `too_large`, `not_a_file`: reasons to reject, from the blocks alone; else what `getBlock` throws
 */
export async function openProfileFile(
  root: CID,
  getBlock: GetBlock,
  maxBytes: number,
  layout = PROFILE_LAYOUT,
): Promise<OpenFile> {
  const stated = new Map<string, Stated>()
  const checked: GetBlock = async (cid) => {
    const block = await getBlock(cid)
    check(cid, block, { stated, layout })
    return block
  }
  return openFile(root, checked, maxBytes)
}

/** Reads every block, keeps none, and gives the size. Errors as `openProfileFile`. */
export async function checkProfileFile(
  root: CID,
  getBlock: GetBlock,
  maxBytes: number,
  layout = PROFILE_LAYOUT,
): Promise<{ bytes: number }> {
  const { bytes, read } = await openProfileFile(root, getBlock, maxBytes, layout)
  for await (const _ of read());
  return { bytes }
}

type State = { stated: Map<string, Stated>; layout: Layout }

function check(cid: CID, block: Uint8Array, { stated, layout }: State): void {
  const said = stated.get(cid.toString())
  if (cid.code === RAW) {
    if (block.length > layout.chunk) throw notAFile('a leaf that is longer than a chunk')
    return
  }
  if (cid.code !== DAG_PB) return
  const node = decodeNode(block)
  const sizes = node && sizesOf(node)
  if (!node || !sizes) throw notAFile('a block that is not a node of a file')
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  const level = said?.level ?? levelOf(bytes, layout)
  const expected = childSizes(bytes, level, layout)
  if (level < 1 || sizes.length !== expected.length || sizes.some((size, i) => size !== expected[i])) {
    throw notAFile('a file that is not cut by the profile')
  }
  // Links and sizes are right by now; written again they must give this very block.
  const links = node.Links.map(({ Hash, Tsize }, i) => link(Hash, level === 1 ? sizes[i]! : (Tsize ?? 0)))
  if (!sameBytes(block, encode({ Data: dataOf(sizes), Links: links })))
    throw notAFile('a node that is written otherwise')
  const total = links.reduce((sum, { Tsize }) => sum + Tsize!, block.length)
  if (said && said.tsize !== total) throw notAFile('a part that is not as large as its parent says')
  links.forEach(({ Hash, Tsize }, i) => {
    if (Hash.code !== (level === 1 ? RAW : DAG_PB)) throw notAFile('a part of another kind than the profile has')
    const child = { bytes: sizes[i]!, level: level - 1, tsize: Tsize! }
    const known = stated.get(Hash.toString())
    if (known && (known.level !== child.level || known.tsize !== child.tsize || known.bytes !== child.bytes)) {
      throw notAFile('a part that is not as large as its parent says')
    }
    stated.set(Hash.toString(), child)
  })
}

const link = (Hash: CID, Tsize: number): PBLink => ({ Name: '', Tsize, Hash })

const dataOf = (sizes: number[]) => new UnixFS({ type: 'file', blockSizes: sizes.map(BigInt) }).marshal()

function decodeNode(block: Uint8Array): PBNode | null {
  try {
    return decode(block)
  } catch {
    return null
  }
}

function sizesOf(node: PBNode): number[] | null {
  try {
    return node.Data ? UnixFS.unmarshal(node.Data).blockSizes.map(Number) : null
  } catch {
    return null
  }
}

/** How many levels of nodes stand above the leaves of a file. */
function levelOf(bytes: number, { chunk, links }: Layout): number {
  let level = 0
  for (let most = chunk; most < bytes; most *= links) level++
  return level
}

/** What each child of a node yields. */
function childSizes(bytes: number, level: number, { chunk, links }: Layout): number[] {
  const each = chunk * links ** (level - 1)
  const count = Math.ceil(bytes / each)
  if (count > links) return []
  return Array.from({ length: count }, (_, i) => Math.min(each, bytes - i * each))
}
