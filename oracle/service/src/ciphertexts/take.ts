/** Takes a sealed file that its solver, or anybody, hands over as a CAR: only what the ledger names, and only blocks that belong to it. */
import {
  ContentError,
  checkProfileFile,
  maxSealedBytes,
  openProfileFile,
  parseCid,
  readCar,
} from '@stellartrain/ipfs-content'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'
import type { BlockId, BlockStore } from './store.ts'

export type Taken = Readonly<{ cid: string; bytes: number; stored: boolean }>

/** What an archive may have beside its blocks, which a file of a few blocks needs little of. */
const FRAME_BYTES = 65_536

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
  const known = await whole(root, most, store)
  if (known !== undefined) return { cid, bytes: known, stored: false }
  const blocks = readCar(bounded(archive, most + FRAME_BYTES))
  try {
    const file = await openProfileFile(root, inTurn(blockOf), most)
    for await (const _ of file.read());
    return { cid, bytes: file.bytes, stored: true }
  } finally {
    await blocks.return(undefined)
  }

  /** The block that is asked for next is the next one in the archive, unless it is there already. */
  async function blockOf(asked: BlockId): Promise<Uint8Array> {
    const kept = await store.get(asked)
    if (kept !== undefined) return kept
    for (;;) {
      const { done, value } = await blocks.next()
      if (done) throw new ContentError('bad_car', 'The archive ends before the file does.')
      const { cid: found, bytes } = value
      if (found.toString() !== asked.toString()) {
        if (store.has(found)) continue
        throw new ContentError('bad_car', 'The archive has other blocks than the file, or in another order.')
      }
      if (!(await isBlock(asked, bytes)))
        throw new ContentError('bad_car', 'A block has other bytes than its CID says.')
      if (await store.put(challenge, asked, bytes)) return bytes
      throw new ContentError('disk_full', 'This oracle has no room for more files now.', { retryable: true })
    }
  }
}

/** The size of a file of which all blocks are kept. */
async function whole(root: BlockId, most: number, store: BlockStore): Promise<number | undefined> {
  if (!store.has(root)) return undefined
  const read = async (cid: BlockId) => {
    const bytes = await store.get(cid)
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

/** One call after the other: a walk asks a few blocks ahead. */
function inTurn<A, B>(work: (argument: A) => Promise<B>): (argument: A) => Promise<B> {
  let last: Promise<unknown> = Promise.resolve()
  return (argument) => {
    const mine = last.then(() => work(argument))
    last = mine.catch(() => {})
    return mine
  }
}

async function* bounded(archive: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of archive) {
    bytes += piece.length
    if (bytes > most) throw new ContentError('too_large', 'The archive is larger than the file can be.')
    yield piece
  }
}
