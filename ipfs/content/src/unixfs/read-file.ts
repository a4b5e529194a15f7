/** Walks a UnixFS file over any source of verified blocks, in order, a few blocks ahead, under fixed bounds. */
import type { CID } from 'multiformats/cid'
import { ContentError } from '../errors.ts'
import { type FileNode, MAX_DEPTH, maxBlocks, notAFile, readFileNode } from './unixfs.ts'

/** Must return the very bytes that the CID names, or throw. */
export type GetBlock = (cid: CID) => Promise<Uint8Array>

/** Blocks that are asked for ahead of the one being handed out. */
const AHEAD = 4

/** A file whose root is known: its size, and its bytes from `start` to before `end` on demand. */
export type OpenFile = { bytes: number; read: (start?: number, end?: number) => AsyncGenerator<Uint8Array> }

/**
 * Reads the root alone, and compares the size that it states with `maxBytes`; `read` then asks only for the blocks that hold the range.
 * @param ahead blocks that are asked for at once: 1 where they are at hand, for memory holds them
 * Its errors are the source's own, and ContentError `too_large`, or `not_a_file` where the tree lies or breaks a bound.
 */
export async function openFile(
  root: CID,
  getBlock: GetBlock,
  maxBytes = Number.POSITIVE_INFINITY,
  ahead = AHEAD,
): Promise<OpenFile> {
  const node = readFileNode(root, await getBlock(root))
  if (node.bytes > maxBytes) {
    throw new ContentError('too_large', `The file has ${node.bytes} bytes, more than the ${maxBytes} allowed.`)
  }
  return {
    bytes: node.bytes,
    read: (start = 0, end = node.bytes) =>
      walk(node, 0, 0, { getBlock, ahead, start, end, left: maxBlocks(node.bytes) - 1 }),
  }
}

type Walk = { getBlock: GetBlock; ahead: number; start: number; end: number; left: number }
type Pending = { node: Promise<FileNode>; bytes: number; at: number }

async function* walk(node: FileNode, depth: number, at: number, state: Walk): AsyncGenerator<Uint8Array> {
  const own = node.data.subarray(Math.max(0, state.start - at), Math.max(0, state.end - at))
  if (own.length > 0) yield own
  if (node.children.length === 0) return
  if (depth === MAX_DEPTH) throw notAFile('a tree that is too deep')
  const ahead: Pending[] = []
  for (const next of [...placed(node, at, state), null]) {
    if (next) ahead.push(ask(next.cid, next.bytes, next.at, state))
    while (ahead.length > (next ? state.ahead - 1 : 0)) {
      const pending = ahead.shift()!
      const child = await pending.node
      if (child.bytes !== pending.bytes) throw notAFile('a part that is not as long as its parent says')
      yield* walk(child, depth + 1, pending.at, state)
    }
  }
}

/** The children that hold some of the range, each with its offset in the file. */
function placed(node: FileNode, at: number, { start, end }: Walk) {
  let next = at + node.data.length
  return node.children.flatMap((child) => {
    const offset = next
    next += child.bytes
    return next > start && offset < end ? [{ ...child, at: offset }] : []
  })
}

function ask(cid: CID, bytes: number, at: number, state: Walk): Pending {
  if (--state.left < 0) throw notAFile('a file in too many pieces')
  const node = state.getBlock(cid).then((block) => readFileNode(cid, block))
  // It may fail before its turn, or be dropped: its turn reports it.
  node.catch(() => {})
  return { node, bytes, at }
}
