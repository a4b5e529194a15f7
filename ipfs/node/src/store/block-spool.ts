/** Blocks on their way, in one file outside the store: what is refused in the end never touches a block of it. */
import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import type { TakenBlocks } from '@stellartrain/ipfs-content/take-car'
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'

export type BlockSpool = TakenBlocks & {
  /** What was put, in that order. @throws what reading the file throws */
  all(): AsyncGenerator<{ cid: CID; bytes: Uint8Array<ArrayBuffer> }>
  /** Closes and removes the file. */
  remove(): Promise<void>
}

/** Calls of `put` must follow one another. `put` throws IpfsError `disk_full`, or what `checkRoom` does. */
export async function openBlockSpool(
  folder: string,
  checkRoom: (bytes: number) => Promise<void> = async () => {},
): Promise<BlockSpool> {
  const file = join(folder, `${randomUUID()}.blocks`)
  const handle = await open(file, 'wx+', 0o600)
  const places = new Map<string, { at: number; length: number }>()
  let end = 0

  async function read({ at, length }: { at: number; length: number }): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      const { bytesRead } = await handle.read(bytes, done, length - done, at + done)
      if (bytesRead === 0) throw new Error('The file of an upload became shorter.')
      done += bytesRead
    }
    return bytes
  }

  return {
    has: (cid) => places.has(cid.toString()),
    async get(cid) {
      const place = places.get(cid.toString())
      return place && read(place)
    },
    async put(cid, bytes) {
      await checkRoom(bytes.length)
      try {
        for (let done = 0; done < bytes.length; )
          done += (await handle.write(bytes, done, bytes.length - done, end + done)).bytesWritten
      } catch (error) {
        throw asDiskFull(error)
      }
      places.set(cid.toString(), { at: end, length: bytes.length })
      end += bytes.length
      return true
    },
    async *all() {
      for (const [cid, place] of places) yield { cid: parseCid(cid), bytes: await read(place) }
    },
    async remove() {
      await handle.close()
      await rm(file, { force: true })
    },
  }
}
