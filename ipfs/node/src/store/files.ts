/** UnixFS files over the store: adding under our one profile with Helia's importer, reading a range in bounded memory with our reader. */
import { unixfs } from '@helia/unixfs'
import { PROFILE } from '@stellartrain/ipfs-content/import'
import { type OpenFile, openFile as openTree } from '@stellartrain/ipfs-content/read-file'
import type { CID } from 'multiformats/cid'
import type { CheckedBlockstore } from './blocks.ts'
import { createPieces } from './pieces.ts'
import type { Staging } from './staging.ts'

/** Of a leaf by the profile. The importer hands a piece of this size on as it is. */
const BLOCK_BYTES = 1024 * 1024

/** A file whose root is known: its size, and its bytes from `start` to before `end` on demand. */
export type StoredFile = OpenFile

/** Cuts a file into blocks and stages them. The CID is the one that `computeCid` gives. @throws what `staging.put` and the source throw */
export async function stageFile(staging: Staging, source: AsyncIterable<Uint8Array>): Promise<CID> {
  const pieces = createPieces(BLOCK_BYTES)
  const blockstore = {
    async put(cid: CID, block: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
      if (!(block instanceof Uint8Array)) throw new TypeError('the importer is expected to write whole blocks')
      // The importer computed this CID from these bytes.
      await staging.put(cid, block, () => pieces.giveBack(block))
      return cid
    },
  }
  // Of a store, adding uses nothing but `put`.
  const files = unixfs({ blockstore: blockstore as never })
  return files.addByteStream(pieces.cut(source), { profile: PROFILE })
}

/** Reads the root alone. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file`, also from `read` */
export function openFile(blocks: CheckedBlockstore, root: CID): Promise<StoredFile> {
  return openTree(root, (cid) => blocks.read(cid))
}
