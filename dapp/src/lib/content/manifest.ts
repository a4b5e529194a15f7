/** A challenge's manifest from IPFS, checked against the CID on the ledger before anything of it is shown. */
import { createAsync, query } from '@solidjs/router'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'

export type { Manifest }
export type ManifestState = { value: () => Manifest | undefined; failure: () => string | undefined }
type Read = { manifest: Manifest } | { failure: string }

/** A CID names one content for ever: a refresh gives the same object, so that nothing on screen is made anew. */
const known = new Map<string, Read>()

const getManifest = query(async (cid: string): Promise<Read> => {
  const before = known.get(cid)
  if (before) return before
  try {
    const read = { manifest: await (await import('./content.ts')).readManifest(cid) }
    known.set(cid, read)
    return read
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'The description could not be read.' }
  }
}, 'manifest')

export function createManifest(cid: () => string): ManifestState {
  const read = createAsync(() => getManifest(cid()))
  return {
    value: () => {
      const now = read()
      return now && 'manifest' in now ? now.manifest : undefined
    },
    failure: () => {
      const now = read()
      return now && 'failure' in now ? now.failure : undefined
    },
  }
}
