/** Uploads in parts, each kept in one file until it is whole: what a broken connection or a restart left is gone on with. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { IpfsError } from '../errors.ts'
import type { Records } from './records.ts'

/** `cid` once it is whole and stored. Times in milliseconds. */
export type Resumable = Readonly<{
  id: string
  account: string
  length: number
  offset: number
  expires: number
  cid: string | null
}>

export type ResumableUploads = {
  /** @throws IpfsError `busy` where the account has as many as it may */
  create(account: string, length: number): Promise<Resumable>
  /** @throws IpfsError `not_found`, also for another account's */
  find(account: string, id: string): Promise<Resumable>
  /** Appends what arrives, and keeps it where the rest does not. @throws IpfsError `wrong_offset`, `too_large`; what `checkRoom` or the body throw */
  append(upload: Resumable, offset: number, body: AsyncIterable<Uint8Array>): Promise<Resumable>
  /** The file of one that is whole. */
  fileOf(upload: Resumable): string
  finish(upload: Resumable, cid: string): Promise<Resumable>
  remove(upload: Resumable): Promise<void>
  /** Removes those that nobody went on with. */
  sweep(): Promise<void>
}

export type ResumableDeps = {
  home: string
  records: Records
  checkRoom: (bytes: number) => Promise<void>
  /** Of uploads, with the bytes of all unfinished ones. @throws IpfsError `uploads_full` */
  checkQuota: (unfinished: number) => void
  /** Milliseconds. */
  now: () => number
}

type Stored = { account: string; length: number; expires: number; cid: string | null }

const PREFIX = '/resumable/'
/** Without a byte for so long it is given up. */
const KEEP_MS = 24 * 3_600_000
const PER_ACCOUNT = 4

export async function openResumable({
  home,
  records,
  checkRoom,
  checkQuota,
  now,
}: ResumableDeps): Promise<ResumableUploads> {
  const folder = join(home, 'resumable')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  /** One part of an upload at a time. */
  const busy = new Set<string>()
  /** Bytes of unfinished uploads, which count as they arrive: what is announced alone must keep no one away. */
  let held = 0

  const fileOf = ({ id }: { id: string }) => join(folder, id)

  async function sizeOf(id: string): Promise<number> {
    return stat(fileOf({ id })).then(
      ({ size }) => size,
      () => 0,
    )
  }

  async function read(id: string, stored: Stored): Promise<Resumable> {
    return { id, ...stored, offset: stored.cid === null ? await sizeOf(id) : stored.length }
  }

  async function put({ id, account, length, cid }: Omit<Resumable, 'expires' | 'offset'>): Promise<Stored> {
    const stored = { account, length, cid, expires: now() + KEEP_MS }
    await records.put(`${PREFIX}${id}`, stored)
    return stored
  }

  async function remove({ id }: { id: string }): Promise<void> {
    held -= await sizeOf(id)
    await records.del(`${PREFIX}${id}`)
    await rm(fileOf({ id }), { force: true })
  }

  async function sweep(): Promise<void> {
    const known = new Set<string>()
    for await (const [id, { expires }] of records.entries<Stored>(PREFIX)) {
      if (expires > now() || busy.has(id)) known.add(id)
      else await remove({ id })
    }
    for (const id of await readdir(folder)) if (!known.has(id)) await remove({ id })
  }

  for (const id of await readdir(folder)) held += await sizeOf(id)
  await sweep()
  return {
    async create(account, length) {
      let own = 0
      for await (const [, stored] of records.entries<Stored>(PREFIX))
        if (stored.account === account && stored.cid === null) own++
      if (own >= PER_ACCOUNT)
        throw new IpfsError(
          'busy',
          `An account has at most ${PER_ACCOUNT} unfinished uploads here: go on with one, or end it by DELETE.`,
        )
      const id = randomUUID()
      return read(id, await put({ id, account, length, cid: null }))
    },
    async find(account, id) {
      const stored = /^[0-9a-f-]{36}$/.test(id) ? await records.get<Stored>(`${PREFIX}${id}`) : undefined
      if (stored === undefined || stored.account !== account || stored.expires <= now())
        throw new IpfsError('not_found', 'There is no such upload of this account: begin a new one.')
      return read(id, stored)
    },
    async append(upload, offset, body) {
      const { id, length } = upload
      if (busy.has(id)) throw new IpfsError('wrong_offset', 'Another part of this upload is on its way.')
      busy.add(id)
      try {
        const handle = await open(fileOf(upload), 'a', 0o600)
        try {
          let size = (await handle.stat()).size
          if (size !== offset) throw new IpfsError('wrong_offset', `The next byte of this upload is ${size}.`)
          for await (const piece of body) {
            size += piece.length
            if (size > length) throw new IpfsError('too_large', `This upload was announced with ${length} bytes.`)
            await checkRoom(piece.length)
            checkQuota(held + piece.length)
            await handle.writeFile(piece)
            held += piece.length
          }
          await handle.datasync()
        } finally {
          await handle.close()
        }
        return await read(id, await put(upload))
      } finally {
        busy.delete(id)
      }
    },
    fileOf,
    async finish(upload, cid) {
      const done = await put({ ...upload, cid })
      held -= await sizeOf(upload.id)
      await rm(fileOf(upload), { force: true })
      return read(upload.id, done)
    },
    async remove(upload) {
      if (busy.has(upload.id)) throw new IpfsError('wrong_offset', 'A part of this upload is on its way.')
      await remove(upload)
    },
    sweep,
  }
}
