/** Reads one verified block as a node of a UnixFS file, refusing everything that could lie about sizes. */
import { decode } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import type { CID } from 'multiformats/cid'
import { sameBytes, sha256 } from '../encoding/bytes.ts'
import { DAG_PB, isSupported, RAW } from '../encoding/cid.ts'
import { ContentError } from '../errors.ts'

export const MAX_BLOCK_BYTES = 2 * 1024 * 1024
export const MAX_DEPTH = 8

/** `bytes` is what the subtree yields; a leaf has `data`, an inner node `children`, some files have both. */
export type FileNode = { bytes: number; data: Uint8Array; children: { cid: CID; bytes: number }[] }

/** How many blocks a file of `bytes` bytes may consist of. */
export function maxBlocks(bytes: number): number {
  return 64 + Math.ceil(bytes / 16_384)
}

/** Whether these bytes are the block that the CID names. */
export async function isBlock(cid: CID, bytes: Uint8Array): Promise<boolean> {
  return isSupported(cid) && sameBytes(await sha256(bytes), cid.multihash.digest)
}

/** @throws ContentError `not_a_file` */
export function readFileNode(cid: CID, block: Uint8Array): FileNode {
  if (cid.code === RAW) return { bytes: block.length, data: block, children: [] }
  if (cid.code !== DAG_PB) throw notAFile('a block of another kind')
  const { links, unixfs } = decodeNode(block)
  const data = unixfs.data ?? new Uint8Array()
  const sizes = unixfs.blockSizes.map(Number)
  if (sizes.length !== links.length) throw notAFile('a node whose sizes do not match its links')
  const children = links.map((link, i) => ({ cid: link, bytes: sizes[i]! }))
  // Children without bytes would let a tiny tree ask for endless work.
  if (children.some((child) => child.bytes < 1 || !isSupported(child.cid))) throw notAFile('a link that leads nowhere')
  const bytes = sizes.reduce((sum, size) => sum + size, data.length)
  if (!Number.isSafeInteger(bytes)) throw notAFile('an impossible size')
  return { bytes, data, children }
}

function decodeNode(block: Uint8Array): { links: CID[]; unixfs: UnixFS } {
  try {
    const node = decode(block)
    // Without data there is no type: a plain node is no file of no bytes.
    const unixfs = node.Data && UnixFS.unmarshal(node.Data)
    if (unixfs?.type === 'file' || unixfs?.type === 'raw') return { links: node.Links.map((link) => link.Hash), unixfs }
  } catch {
    throw notAFile('a block that is not a UnixFS node')
  }
  throw notAFile('a directory or something else that is not a file')
}

/** A node of any kind, as far as its links go; `bytes` of a file's children are what their subtrees yield. */
export type DagNode =
  | ({ kind: 'file' } & FileNode)
  | { kind: 'directory' | 'other'; links: { name: string; cid: CID }[] }
  /** A directory in shards: those of its links that lead to further shards, and those that lead to entries. */
  | { kind: 'shard'; shards: CID[]; entries: CID[] }

/** @throws ContentError `not_a_file` where a node says that it is a file and breaks the rules of one */
export function readDagNode(cid: CID, block: Uint8Array): DagNode {
  if (cid.code !== DAG_PB)
    return cid.code === RAW ? { kind: 'file', ...readFileNode(cid, block) } : { kind: 'other', links: [] }
  let links: { name: string; cid: CID }[]
  let unixfs: UnixFS | undefined
  try {
    const node = decode(block)
    links = node.Links.map(({ Name = '', Hash }) => ({ name: Name, cid: Hash }))
    unixfs = node.Data && UnixFS.unmarshal(node.Data)
  } catch {
    throw notAFile('a block that is not a UnixFS node')
  }
  if (unixfs?.type === 'file' || unixfs?.type === 'raw') return { kind: 'file', ...readFileNode(cid, block) }
  if (unixfs?.type !== 'hamt-sharded-directory')
    return { kind: unixfs?.type === 'directory' ? 'directory' : 'other', links }
  // A link to a shard is named by its place alone, one to an entry by its place and its name.
  const width = (Number(unixfs.fanout ?? 256n) - 1).toString(16).length
  const isShard = ({ name }: { name: string }) => name.length === width
  return {
    kind: 'shard',
    shards: links.filter(isShard).map((link) => link.cid),
    entries: links.filter((link) => !isShard(link)).map((link) => link.cid),
  }
}

export function notAFile(what: string): ContentError {
  return new ContentError('not_a_file', `The CID does not name a file that can be read here: it leads to ${what}.`)
}
