/** UnixFS files over the checked blocks: adding under our one profile, reading a range in bounded memory. */

import { parseCid } from '@stellartrain/ipfs-content/cid'
import { importBytes } from '@stellartrain/ipfs-content/import'
import { type OpenFile, openFile as openTree } from '@stellartrain/ipfs-content/read-file'
import type { CID } from 'multiformats/cid'
import type { CheckedBlockstore } from './blocks.ts'

/** A file whose root is known: its size, and its bytes from `start` to before `end` on demand. */
export type StoredFile = OpenFile

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
  try {
    const { cid } = await importBytes(source, async (one, bytes) => {
      const write = blocks.write(one, bytes).then((fresh) => {
        if (fresh) written(one)
      })
      writes.push(write)
      await write
    })
    return parseCid(cid)
  } finally {
    // Several blocks are written at once, and the first that fails is the last that is heard of.
    await Promise.allSettled(writes)
  }
}

/** Reads the root alone. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file`, also from `read` */
export function openFile(blocks: CheckedBlockstore, root: CID): Promise<StoredFile> {
  return openTree(root, (cid) => blocks.read(cid))
}
