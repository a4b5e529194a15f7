/** How large a sealed submission may be: by the manifest where it is stored here, never more than this node takes. */
import { maxSealedBytes } from '@stellartrain/ipfs-content'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { MANIFEST_MAX_BYTES, parseManifest } from '@stellartrain/ipfs-content/manifest'
import type { IpfsNode } from './node.ts'

/** How many manifests' limits are remembered. */
const MOST = 1_000

/** @param own this node's limit, bytes */
export function createManifestLimit(
  node: Pick<IpfsNode, 'open'>,
  own: number,
): (manifestCid: string) => Promise<number> {
  const known = new Map<string, number>()

  async function stated(cid: string): Promise<number> {
    const file = await node.open(parseCid(cid))
    if (file.bytes > MANIFEST_MAX_BYTES) return own
    return maxSealedBytes(parseManifest(Buffer.concat(await Array.fromAsync(file.read()))).submission.maxBytes)
  }

  return async (cid) => {
    const remembered = known.get(cid)
    if (remembered !== undefined) return remembered
    try {
      const most = Math.min(own, await stated(cid))
      if (known.size >= MOST) known.clear()
      known.set(cid, most)
      return most
    } catch {
      // Not stored here, or no manifest: the oracles read it, this node does not need to.
      return own
    }
  }
}
