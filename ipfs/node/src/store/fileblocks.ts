/** The blocks of one file as Helia's reader may see them: right, as long and as deep as their parents say, not too many. */
import { RAW } from '@stellartrain/ipfs-content/cid'
import { MAX_DEPTH, maxBlocks, notAFile, readFileNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'

/** Must return the very bytes that the CID names, or throw. */
type ReadBlock = (cid: CID) => Promise<Uint8Array>

export type FileBlocks = {
  /** Throws for the root only; every other failure is kept for `check`. */
  get: (cid: CID) => AsyncGenerator<Uint8Array>
  /** The blocks that may be asked for until the next call: as many as a file of `bytes` bytes may have. */
  allow: (bytes: number) => void
  /** To be called before a byte is handed on. @throws what went wrong with a block; ContentError `not_a_file` */
  check: () => void
  /** Nobody waits any more: what is still asked for is answered without the disk. */
  stop: () => void
}

/** An empty UnixFS file, what the reader gets for a node that failed. */
const EMPTY_NODE = Uint8Array.of(0x0a, 0x04, 0x08, 0x02, 0x18, 0x00)

/**
 * Helia's reader believes the sizes that a tree states, and a failure two levels below the root ends the process (nobody
 * awaits it). Anybody may upload blocks that are such a tree, so both are caught here.
 */
export function fileBlocks(root: CID, read: ReadBlock): FileBlocks {
  const expected = new Map<string, { bytes: number; depth: number }>()
  let left = maxBlocks(0)
  let failure: { error: unknown } | undefined

  async function checked(cid: CID): Promise<Uint8Array> {
    if (--left < 0) throw notAFile('a file in too many pieces')
    const block = await read(cid)
    const node = readFileNode(cid, block)
    const { bytes, depth } = expected.get(cid.toString()) ?? { bytes: node.bytes, depth: 0 }
    if (node.bytes !== bytes) throw notAFile('a part that is not as long as its parent says')
    if (depth === MAX_DEPTH && node.children.length > 0) throw notAFile('a tree that is too deep')
    for (const child of node.children) {
      const known = expected.get(child.cid.toString())
      if (known && known.bytes !== child.bytes) throw notAFile('a part that is not as long as its parent says')
      expected.set(child.cid.toString(), { bytes: child.bytes, depth: Math.max(depth + 1, known?.depth ?? 0) })
    }
    // Helia's reader loses count of the offsets there.
    if (node.data.length > 0 && node.children.length > 0) throw notAFile('a node with bytes beside its parts')
    return block
  }

  return {
    async *get(cid) {
      if (cid.equals(root)) {
        yield await checked(cid)
        return
      }
      const block = failure
        ? null
        : await checked(cid).catch((error: unknown) => {
            failure ??= { error }
            return null
          })
      yield block ?? (cid.code === RAW ? new Uint8Array() : EMPTY_NODE)
    },
    allow(bytes) {
      // A part of a file is reached over nodes that lead to other parts too.
      left = maxBlocks(bytes) + 2 * MAX_DEPTH
    },
    check() {
      if (failure) throw failure.error
    },
    stop() {
      failure ??= { error: new Error('the reader is gone') }
    },
  }
}
