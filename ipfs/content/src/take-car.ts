/** A file that somebody hands over as a CAR: only the blocks that belong to it are taken, each once a link to it was seen. */
import type { CID } from 'multiformats/cid'
import { readCar } from './car.ts'
import { ContentError } from './errors.ts'
import { openProfileFile } from './profile.ts'
import { isBlock } from './unixfs.ts'

/** Where the blocks of the file go. */
export type TakenBlocks = {
  /** The very bytes that the CID names; undefined for what is not there. */
  get(cid: CID): Promise<Uint8Array | undefined>
  has(cid: CID): boolean
  /** Takes a block that was compared with its CID. Resolves to false where there is no room. */
  put(cid: CID, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>
}

/** What an archive may have beside its blocks, which a file of a few blocks needs little of. */
const FRAME_BYTES = 65_536

/**
 * Reads the archive up to the last block of the file, one block at a time.
 * @param mostBytes the file may have @param sized is told the size as soon as the root states it, and may refuse by throwing
 * @throws ContentError `bad_car`, `too_large`, `not_a_file`, `disk_full` (retryable); what `sized`, the archive or `blocks` throw
 */
export async function takeCarFile(
  root: CID,
  archive: AsyncIterable<Uint8Array>,
  mostBytes: number,
  blocks: TakenBlocks,
  sized: (bytes: number) => void = () => {},
): Promise<{ bytes: number }> {
  const sections = readCar(bounded(archive, mostBytes + FRAME_BYTES))
  try {
    const file = await openProfileFile(root, inTurn(blockOf), mostBytes)
    sized(file.bytes)
    for await (const _ of file.read());
    return { bytes: file.bytes }
  } finally {
    await sections.return(undefined)
  }

  /** The block that is asked for next is the next one in the archive, unless it is there already. */
  async function blockOf(asked: CID): Promise<Uint8Array> {
    const kept = await blocks.get(asked)
    if (kept !== undefined) return kept
    for (;;) {
      const { done, value } = await sections.next()
      if (done) throw new ContentError('bad_car', 'The archive ends before the file does.')
      const { cid: found, bytes } = value
      if (found.toString() !== asked.toString()) {
        if (blocks.has(found)) continue
        throw new ContentError('bad_car', 'The archive has other blocks than the file, or in another order.')
      }
      if (!(await isBlock(asked, bytes)))
        throw new ContentError('bad_car', 'A block has other bytes than its CID says.')
      if (await blocks.put(asked, bytes)) return bytes
      throw new ContentError('disk_full', 'There is no room for more files now.', { retryable: true })
    }
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
