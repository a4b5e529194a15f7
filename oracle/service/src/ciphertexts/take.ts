/** Takes a sealed file that its solver, or anybody, hands over as a CAR: only what the ledger names, and only blocks that belong to it. */
import { ContentError, checkProfileFile, maxSealedBytes, parseCid } from '@stellartrain/ipfs-content'
import { takeCarFile } from '@stellartrain/ipfs-content/take-car'
import type { BlockId, BlockStore } from './store.ts'

export type Taken = Readonly<{ cid: string; bytes: number; stored: boolean }>

/**
 * @param maxBytes the manifest's limit for the content
 * @throws ContentError `bad_car`; `too_large`, `not_a_file`: what was seen is kept, for it is what the submission is rejected on;
 * `disk_full` (retryable)
 */
export async function takeCar(
  cid: string,
  challenge: number,
  maxBytes: number,
  archive: AsyncIterable<Uint8Array>,
  store: BlockStore,
): Promise<Taken> {
  const root = parseCid(cid)
  const most = maxSealedBytes(maxBytes)
  const get = async (block: BlockId) => {
    const kept = await store.get(block)
    // Another challenge may have brought it, and be over before this one.
    if (kept !== undefined) await store.put(challenge, block, kept)
    return kept
  }
  const known = await whole(root, most, store, get)
  if (known !== undefined) return { cid, bytes: known, stored: false }
  const { bytes } = await takeCarFile(root, archive, most, {
    get,
    has: store.has,
    put: (block, content) => store.put(challenge, block, content),
  })
  return { cid, bytes, stored: true }
}

/** The size of a file of which all blocks are kept. */
async function whole(
  root: BlockId,
  most: number,
  store: BlockStore,
  get: BlockStore['get'],
): Promise<number | undefined> {
  if (!store.has(root)) return undefined
  const read = async (cid: BlockId) => {
    const bytes = await get(cid)
    if (bytes === undefined) throw new ContentError('not_found', `Block ${cid} is not kept here.`)
    return bytes
  }
  try {
    return (await checkProfileFile(root, read, most)).bytes
  } catch (error) {
    if (error instanceof ContentError && error.code === 'not_found') return undefined
    throw error
  }
}
