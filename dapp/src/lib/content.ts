/** Content from IPFS, verified; loaded only by pages that show some. */
import { parseManifest } from '@stellartrain/content/manifest'
import type { Manifest } from './manifest.ts'

export async function readManifest(gateway: string, cid: string): Promise<Manifest> {
  const response = await fetch(`${gateway}/ipfs/${cid}`, { signal: AbortSignal.timeout(20_000) })
  return parseManifest(new Uint8Array(await response.arrayBuffer()))
}
