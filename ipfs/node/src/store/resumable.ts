/** Uploads in parts, each kept in one file until it is whole: what a broken connection or a restart left is gone on with. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { IpfsError } from '../errors.ts'
import type { Records } from './records.ts'
import { type Holder, type Shares, type UnderWay, uploadsFull } from './shares.ts'

/** `cid` once it is whole and stored. Times in milliseconds. */
export type Resumable = Readonly<{
  id: string
  account: string
  length: number
  offset: number
  expires: number
  cid: string | null
  /** Whose share it takes. */
  by?: string
}>

export type ResumableUploads = {
  /**
   * Where as many are known as may be, one gives way: that was stored, else the longest idle of the client that has the most, else one
   * that has waited for its first byte for long.
   * @param client whose uploads count together: keys cost nothing. Default: the account @param by whose share it takes as it arrives
   * @throws IpfsError `busy` where the account has as many as it may, or none gives way
   */
  create(account: string, length: number, client?: string, by?: Holder): Promise<Resumable>
  /** @throws IpfsError `not_found`, also for another account's */
  find(account: string, id: string): Promise<Resumable>
  /**
   * Appends what arrives, and keeps it where the rest does not.
   * @param spend is told of each piece before it is written, and may throw
   * @throws IpfsError `not_found`, `wrong_offset`, `too_large`; what `checkRoom`, `spend` or the body throw
   */
  append(
    upload: Resumable,
    offset: number,
    body: AsyncIterable<Uint8Array>,
    spend?: (bytes: number) => void,
  ): Promise<Resumable>
  /**
   * What is whole is stored, and its file removed. What is not, or is being stored at this moment, is answered as it is.
   * @param store resolves to the CID of the file @throws IpfsError `not_found`; what `store` throws
   */
  finish(upload: Resumable, store: (file: string) => Promise<string>): Promise<Resumable>
  /** @throws IpfsError `wrong_offset` while a part is on its way */
  remove(upload: Resumable): Promise<void>
  /** Removes those that nobody went on with. */
  sweep(): Promise<void>
}

export type ResumableDeps = {
  home: string
  records: Records
  checkRoom: (bytes: number) => Promise<void>
  /** What would be free for uploads after so many bytes more. */
  free: (more: number) => Promise<number>
  shares: Pick<Shares, 'begin'>
  /** Milliseconds. */
  now: () => number
  /** Uploads that are known at once. */
  most?: number
}

type Stored = { account: string; length: number; expires: number; cid: string | null; by?: string }

const PREFIX = '/resumable/'
/** Without a byte for so long it is given up. */
const KEEP_MS = 24 * 3_600_000
const PER_ACCOUNT = 4
/** Those that are stored already, of which an account may still ask for the CID. */
const DONE_PER_ACCOUNT = 16
/** Of all accounts, in memory and in the records. */
const MOST = 2_000
/** Without a first byte for so long one may give way. */
const FIRST_BYTE_MS = 60_000

export async function openResumable({
  home,
  records,
  checkRoom,
  free,
  shares,
  now,
  most = MOST,
}: ResumableDeps): Promise<ResumableUploads> {
  const folder = join(home, 'resumable')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  /** Those that something is done to, one thing at a time: a part that arrives, storing, removal. */
  const busy = new Set<string>()
  /** Bytes of each unfinished upload, which count as they arrive: what is announced alone must keep no one away. */
  const sizes = new Map<string, { bytes: number; underWay: UnderWay }>()
  /** All of them, the longest idle first. Clients are known to this process alone. */
  const known = new Map<string, { account: string; client: string; isDone: boolean; since: number }>()
  let creating: Promise<unknown> = Promise.resolve()

  const underWayOf = (id: string, by: Holder) => sizes.get(id)?.underWay ?? shares.begin(by)

  /** Counts an upload's bytes; without a gap, for others count meanwhile. */
  function count(id: string, bytes: number, by?: Holder): void {
    const underWay = underWayOf(id, by)
    const before = sizes.get(id)?.bytes ?? 0
    underWay.add(bytes - before)
    if (bytes === 0) sizes.delete(id)
    else sizes.set(id, { bytes, underWay })
  }

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

  async function put({ id, account, length, cid, by }: Omit<Resumable, 'expires' | 'offset'>): Promise<Stored> {
    const stored = { account, length, cid, expires: now() + KEEP_MS, ...(by !== undefined && { by }) }
    await records.put(`${PREFIX}${id}`, stored)
    note(id, stored)
    return stored
  }

  function note(id: string, { account, cid, expires }: Stored, client = known.get(id)?.client ?? account): void {
    known.delete(id)
    known.set(id, { account, client, isDone: cid !== null, since: expires - KEEP_MS })
  }

  async function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (busy.has(id))
      throw new IpfsError('wrong_offset', 'Another part of this upload is on its way, or it is being removed.')
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }

  /** As it is now: between finding and beginning it may have been removed. */
  async function still(id: string): Promise<Resumable> {
    const stored = await records.get<Stored>(`${PREFIX}${id}`)
    if (stored === undefined) throw notFound()
    return read(id, stored)
  }

  const remove = (id: string) =>
    alone(id, async () => {
      await records.del(`${PREFIX}${id}`)
      known.delete(id)
      await rm(fileOf({ id }), { force: true })
      count(id, 0)
    })

  async function sweep(): Promise<void> {
    for await (const [id, { expires }] of records.entries<Stored>(PREFIX))
      if (expires <= now() && !busy.has(id)) await remove(id)
    for (const id of await readdir(folder))
      if ((await records.get(`${PREFIX}${id}`)) === undefined && !busy.has(id)) await remove(id)
  }

  /** Which one gives way to one more of this client. */
  function givesWay(client: string): string | undefined {
    const all = [...known].filter(([id]) => !busy.has(id))
    const clients = Map.groupBy(all, ([, one]) => one.client)
    const own = clients.get(client) ?? []
    const [richest = []] = [...clients.values()].toSorted((one, other) => other.length - one.length)
    const ofMost = richest.length > own.length + 1 ? richest : own
    const isLate = (id: string, since: number) => !sizes.has(id) && now() - since >= FIRST_BYTE_MS
    const found = all.find(([, { isDone }]) => isDone) ?? ofMost[0] ?? all.find(([id, { since }]) => isLate(id, since))
    return found?.[0]
  }

  /** @throws IpfsError `busy` */
  async function makeRoom(account: string, client: string): Promise<void> {
    const own = [...known].filter(([, one]) => one.account === account)
    if (own.filter(([, { isDone }]) => !isDone).length >= PER_ACCOUNT)
      throw new IpfsError(
        'busy',
        `An account has at most ${PER_ACCOUNT} unfinished uploads here: go on with one, or end it by DELETE.`,
      )
    const done = own.filter(([id, { isDone }]) => isDone && !busy.has(id))
    if (done.length >= DONE_PER_ACCOUNT) await remove(done[0]![0])
    if (known.size < most) return
    const id = givesWay(client)
    if (id === undefined)
      throw new IpfsError('busy', 'Too many unfinished uploads are here. Try again in a minute.', {
        headers: { 'retry-after': '60' },
      })
    await remove(id)
  }

  async function create(account: string, length: number, client: string, by: Holder): Promise<Resumable> {
    await makeRoom(account, client)
    const id = randomUUID()
    const stored = await put({ id, account, length, cid: null, ...(by !== undefined && { by }) })
    note(id, stored, client)
    return read(id, stored)
  }

  const holders = new Map<string, Holder>()
  for await (const [id, stored] of records.entries<Stored>(PREFIX)) {
    note(id, stored)
    holders.set(id, stored.by)
  }
  for (const id of await readdir(folder)) count(id, await sizeOf(id), holders.get(id))
  await sweep()
  return {
    create(account, length, client = account, by = undefined) {
      const created = creating.then(() => create(account, length, client, by))
      creating = created.catch(() => {})
      return created
    },
    async find(account, id) {
      const stored = /^[0-9a-f-]{36}$/.test(id) ? await records.get<Stored>(`${PREFIX}${id}`) : undefined
      if (stored === undefined || stored.account !== account || stored.expires <= now()) throw notFound()
      return read(id, stored)
    },
    append: (upload, offset, body, spend = () => {}) =>
      alone(upload.id, async () => {
        const { id, length, cid, offset: begin, by } = await still(upload.id)
        if (cid !== null || begin !== offset)
          throw new IpfsError('wrong_offset', `The next byte of this upload is ${begin}.`)
        let size = begin
        try {
          const handle = await open(fileOf(upload), 'a', 0o600)
          try {
            for await (const piece of body) {
              if (size + piece.length > length)
                throw new IpfsError('too_large', `This upload was announced with ${length} bytes.`)
              await checkRoom(piece.length)
              const left = await free(piece.length)
              if (left < 0) throw uploadsFull()
              underWayOf(id, by).check(piece.length, left)
              spend(piece.length)
              // Counted before it is written: several arrive at once.
              count(id, size + piece.length, by)
              await handle.writeFile(piece)
              size += piece.length
            }
            await handle.datasync()
          } finally {
            await handle.close()
          }
        } finally {
          count(id, await sizeOf(id), by)
          // Who sends nothing does not keep it longer.
          if (size > begin) await put(upload)
        }
        return still(id)
      }),
    async finish(upload, store) {
      const { id, length } = upload
      if (upload.cid !== null || upload.offset < length || busy.has(id)) return upload
      return alone(id, async () => {
        const now = await still(id)
        if (now.cid !== null) return now
        // Of an empty file no part has come.
        await (await open(fileOf(upload), 'a', 0o600)).close()
        // Storing takes its share anew.
        count(id, 0)
        try {
          const done = await put({ ...now, cid: await store(fileOf(upload)) })
          await rm(fileOf(upload), { force: true })
          return read(id, done)
        } catch (error) {
          count(id, now.offset, now.by)
          throw error
        }
      })
    },
    remove: ({ id }) => remove(id),
    sweep,
  }
}

const notFound = () => new IpfsError('not_found', 'There is no such upload of this account: begin a new one.')
