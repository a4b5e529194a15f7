/** Room on the disk: uploads of strangers end before its last part, which is kept for what a payment needs. */
import { statfs } from 'node:fs/promises'
import { diskFull, IpfsError } from '../errors.ts'

/** `payment`: a submission that the ledger names. `upload`: anything else. */
export type Purpose = 'upload' | 'payment'

export type Room = {
  /** What uploads leave free, bytes. */
  readonly reserveBytes: number
  /** What uploads may still take, bytes; below 0 where payments took of the reserve. */
  forUploads(): Promise<number>
  /** @throws IpfsError `disk_full` where so many bytes more would take what is kept for others */
  check(purpose: Purpose, bytes: number): Promise<void>
}

/** The reserve unless the operator says otherwise. */
const SHARE = 0.05
const MOST_BYTES = 1024 ** 3
/** Of the reserve, what even payments leave to the records of the store: without these nothing could be taken or let go. */
const RECORDS_SHARE = 1 / 8

export async function diskOf(home: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const disk = await statfs(home)
  return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize }
}

/** @param reserve bytes; undefined: a twentieth of the disk, at most 1 GiB */
export async function openRoom(home: string, reserve?: number): Promise<Room> {
  const { totalBytes } = await diskOf(home)
  const reserveBytes = reserve ?? Math.min(MOST_BYTES, Math.floor(totalBytes * SHARE))
  return {
    reserveBytes,
    forUploads: async () => (await diskOf(home)).freeBytes - reserveBytes,
    async check(purpose, bytes) {
      const { freeBytes } = await diskOf(home)
      const left = purpose === 'upload' ? reserveBytes : Math.floor(reserveBytes * RECORDS_SHARE)
      if (freeBytes - bytes >= left) return
      if (purpose === 'upload' && freeBytes - bytes >= 0)
        throw new IpfsError(
          'disk_full',
          'The rest of this disk is kept for submissions. Try again later, or at another service.',
        )
      throw diskFull()
    },
  }
}
