/** UnixFS files over the checked blocks, by Helia: adding under our one profile, reading a range in bounded memory. */
import { type UnixFSComponents, unixfs } from '@helia/unixfs'
import { PROFILE } from '@stellartrain/ipfs-content/import'
import { notAFile } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'
import { type CheckedBlockstore, whole } from './blocks.ts'
import { fileBlocks } from './fileblocks.ts'

/** A file whose root is known: its size, and its bytes from `start` to before `end` on demand. */
export type StoredFile = { bytes: number; read: (start?: number, end?: number) => AsyncGenerator<Uint8Array> }

/** Helia's reader fetches a range at once, however slowly it is taken: this is what one reader may hold. */
const WINDOW = 8 * 1024 * 1024

/**
 * Cuts a file into blocks and stores them; `written` hears of each one that was not there before.
 * The CID is the one that `computeCid` gives. Also after a failure nothing is being written any more.
 */
export async function addFile(
  blocks: CheckedBlockstore,
  source: AsyncIterable<Uint8Array>,
  written: (cid: CID) => void,
): Promise<CID> {
  const writes: Promise<void>[] = []
  const store = over(blocks, {
    async put(cid, value) {
      const bytes = await whole(value)
      const write = blocks.write(cid, bytes).then((fresh) => {
        if (fresh) written(cid)
      })
      writes.push(write)
      await write
      return cid
    },
  })
  try {
    return await unixfs(store).addByteStream(source, { profile: PROFILE })
  } finally {
    // Several blocks are written at once, and the first that fails is the last that is heard of.
    await Promise.allSettled(writes)
  }
}

/** Reads the root alone. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file`, also from `read` */
export async function openFile(blocks: CheckedBlockstore, root: CID): Promise<StoredFile> {
  const guarded = () => {
    const guard = fileBlocks(root, (cid) => blocks.read(cid))
    return { guard, files: unixfs(over(blocks, { get: guard.get })) }
  }
  const { type, size } = await guarded().files.stat(root)
  if (type === 'directory') throw notAFile('a directory')
  const bytes = Number(size)

  async function* read(start = 0, end = bytes): AsyncGenerator<Uint8Array> {
    const { guard, files } = guarded()
    try {
      for (let offset = start; offset < end; ) {
        const length = Math.min(WINDOW - (offset % WINDOW), end - offset)
        guard.allow(length)
        for await (const piece of files.cat(root, { offset, length })) {
          guard.check()
          if (piece.length > 0) yield piece
        }
        offset += length
      }
    } catch (error) {
      // Where a block failed the reader only knows that bytes are missing.
      guard.check()
      throw error
    } finally {
      guard.stop()
    }
  }
  return { bytes, read }
}

/** Straight over the checked store: Helia's own wrapper asks for each block twice and forgets why one is missing. */
function over(blocks: CheckedBlockstore, own: Partial<UnixFSComponents['blockstore']>): UnixFSComponents {
  return {
    blockstore: {
      get: (cid) => blocks.get(cid),
      put: (cid, value) => blocks.put(cid, value),
      has: (cid) => blocks.has(cid),
      ...own,
    },
  }
}
