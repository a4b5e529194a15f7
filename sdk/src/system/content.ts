/** A file by its CID, from the client's gateways, bounded and checked. */
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import type { StellarTrain } from './client.ts'
import type { AbortOptions } from './options.ts'

/** @throws ContentError as fetchCid() */
export function fetchContent(
  { gateways, fetch }: Pick<StellarTrain, 'gateways' | 'fetch'>,
  cid: string,
  maxBytes: number,
  { signal, onProgress }: AbortOptions & { onProgress?: (bytes: number, total: number) => void } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return fetchCid(cid, { gateways, maxBytes, fetch, ...(signal && { signal }), ...(onProgress && { onProgress }) })
}
