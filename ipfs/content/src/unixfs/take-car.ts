/** A file that somebody hands over as a CAR: only the blocks that belong to it are taken, each once a link to it was seen. */
import type { CID } from 'multiformats/cid'
import { parseCid } from '../encoding/cid.ts'
import { ContentError } from '../errors.ts'
import { type CarBlock, openCar, readCar } from './car.ts'
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
    return await takeFile(root, mostBytes, blockOf(sections, blocks), sized)
  } finally {
    await sections.return(undefined)
  }
}

/**
 * The same for an archive of several files, in the order of the roots that it states.
 * @param mostBytes all files together may have
 * @throws as takeCarFile, also for more roots than `mostFiles`
 */
export async function takeCarFiles(
  archive: AsyncIterable<Uint8Array>,
  { mostBytes, mostFiles }: { mostBytes: number; mostFiles: number },
  blocks: TakenBlocks,
): Promise<{ root: CID; bytes: number }[]> {
  const { roots, sections } = await openCar(bounded(archive, mostBytes + FRAME_BYTES * mostFiles))
  try {
    if (roots.length === 0 || roots.length > mostFiles)
      throw new ContentError('bad_car', `An archive has from 1 to ${mostFiles} files here, not ${roots.length}.`)
    const read = blockOf(sections, blocks)
    const files: { root: CID; bytes: number }[] = []
    let left = mostBytes
    for (const root of roots) {
      const { bytes } = await takeFile(parseCid(root.toString()), left, read)
      left -= bytes
      files.push({ root, bytes })
    }
    return files
  } finally {
    await sections.return(undefined)
  }
}

async function takeFile(
  root: CID,
  mostBytes: number,
  read: (asked: CID) => Promise<Uint8Array>,
  sized: (bytes: number) => void = () => {},
): Promise<{ bytes: number }> {
  const file = await openProfileFile(root, inTurn(read), mostBytes)
  sized(file.bytes)
  for await (const _ of file.read());
  return { bytes: file.bytes }
}

/** The block that is asked for next is the next one in the archive, unless it is there already. */
function blockOf(sections: AsyncGenerator<CarBlock>, blocks: TakenBlocks): (asked: CID) => Promise<Uint8Array> {
  return async (asked) => {
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
