/** How large a sealed submission may be: by the manifest where it is stored here, never more than this node takes. */
import { maxSealedBytes } from '@stellartrain/ipfs-content'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import { IpfsError } from '../errors.ts'
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
    const manifest = await storedManifest(node, cid)
    return manifest ? maxSealedBytes(manifest.submission.maxBytes) : own
  }

  return async (cid) => {
    const remembered = known.get(cid)
    if (remembered !== undefined) return remembered
    try {
      const most = Math.min(own, await stated(cid))
      // One that is not here may come.
      if (most === own) return own
      if (known.size >= MOST) known.clear()
      known.set(cid, most)
      return most
    } catch {
      // Not stored here, or no manifest: the oracles read it, this node does not need to.
      return own
    }
  }
}

/** Undefined where it is not stored here, or is no manifest. @throws what reading blocks throws, but for `not_found` and `damaged` */
export async function storedManifest(node: Pick<IpfsNode, 'open'>, cid: string): Promise<Manifest | undefined> {
  try {
    const file = await node.open(parseCid(cid))
    if (file.bytes > MANIFEST_MAX_BYTES) return undefined
    return parseManifest(Buffer.concat(await Array.fromAsync(file.read())))
  } catch (error) {
    if (error instanceof ContentError || error instanceof IpfsError) return undefined
    throw error
  }
}
