/** From an entry on-chain to its CSV in memory: fetched under a size limit, checked against its CID, opened, checked against its place. */
import {
  ageFileKey,
  fetchCid,
  maxSealedBytes,
  openSubmission,
  type Place,
  rejectionOf,
} from '@stellartrain/ipfs-content'
import type { Entry } from '../chain/entry.ts'

export type OpenOptions = Readonly<{
  place: Place
  gateways: readonly string[]
  /** The manifest's limit for the CSV. */
  maxBytes: number
  identities: readonly string[]
  signal: AbortSignal
  onFetched?: () => void
}>

/** Either the CSV, with the key of its sealed file for publication, or the on-chain reason why there is none: the content itself is wrong, for every oracle. */
export type Opened = { csv: Uint8Array<ArrayBuffer>; fileKey(): Promise<string> } | { reason: number }

/**
 * @throws ContentError when this oracle cannot fetch or open the content: retryable network trouble, and
 * `not_a_recipient`, which says nothing about what other oracles can open.
 */
export async function openEntry(entry: Entry, options: OpenOptions): Promise<Opened> {
  const { place, gateways, maxBytes, identities, signal } = options
  try {
    const sealed = await fetchCid(entry.cid, { gateways, maxBytes: maxSealedBytes(maxBytes), signal })
    options.onFetched?.()
    const expected = { ...place, challenge: entry.challenge, solver: entry.solver }
    const csv = await openSubmission({ sealed, identities, expected, maxBytes })
    return { csv, fileKey: () => ageFileKey(sealed, identities) }
  } catch (error) {
    const rejection = rejectionOf(error)
    if (rejection === null) throw error
    return { reason: rejection.code }
  }
}
