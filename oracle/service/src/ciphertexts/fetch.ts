/** A sealed file by its CID: out of the own store, from IPFS, or from the other oracles; whatever was seen is kept for them. */
import { ContentError, fetchBlock, openProfileFile, parseCid } from '@stellartrain/ipfs-content'
import type { Challenge } from '../chain/challenge.ts'
import type { Peers } from './peers.ts'
import type { BlockStore } from './store.ts'

export type CiphertextDeps = Readonly<{
  store: BlockStore
  peers: Peers
  /** IPFS gateways, asked first. */
  gateways: readonly string[]
  signal: AbortSignal
}>

const FILE_TIMEOUT_MS = 120_000
const BLOCK_TIMEOUT_MS = 15_000

/**
 * The whole file, of at most `maxBytes` bytes, laid out by the profile.
 * @throws ContentError `too_large`, `not_a_file`: reasons to reject, told by blocks that are kept then; retryable `not_found`,
 * `unavailable`, `timeout` once every other oracle was asked as well; ChainFailure where it is not known where they answer
 */
export async function fetchSealed(
  cid: string,
  challenge: Challenge,
  maxBytes: number,
  { store, peers, gateways, signal }: CiphertextDeps,
): Promise<Uint8Array<ArrayBuffer>> {
  const timeout = AbortSignal.timeout(FILE_TIMEOUT_MS)
  const done = new AbortController()
  const how = { signal: AbortSignal.any([timeout, done.signal, signal]), blockTimeoutMs: BLOCK_TIMEOUT_MS, fetch }
  try {
    const file = await openProfileFile(
      parseCid(cid),
      async (block) => {
        const kept = await store.get(block)
        if (kept !== undefined) {
          // Another challenge may have brought it, and be over before this one.
          await store.put(challenge.id, block, kept)
          return kept
        }
        const bytes = await fetchBlock(block, { ...how, gateways: [...gateways, ...(await peers.of(challenge))] })
        await store.put(challenge.id, block, bytes)
        return bytes
      },
      maxBytes,
    )
    const whole = new Uint8Array(file.bytes)
    let at = 0
    for await (const part of file.read()) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  } catch (error) {
    signal.throwIfAborted()
    if (!timeout.aborted) throw error
    throw new ContentError('timeout', 'The content did not arrive in time.', { retryable: true })
  } finally {
    // Blocks that were asked for ahead are of no use any more.
    done.abort()
  }
}
