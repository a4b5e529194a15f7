/** The Helia node: checked blocks on files, pins in LevelDB, no network of its own. */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { takeCarFile, takeCarFiles } from '@stellartrain/ipfs-content/take-car'
import { LevelDatastore } from 'datastore-level'
import { createHeliaLight } from 'helia'
import type { CID } from 'multiformats/cid'
import { asDiskFull, tooLarge } from '../errors.ts'
import {
  type AccountEntry,
  type AccountLimits,
  type Accounts,
  LEAST_CHARGE,
  openAccounts,
  type PinRecords,
} from './accounts.ts'
import { CheckedBlockstore } from './blocks.ts'
import type { Buffers } from './buffers.ts'
import { type Collected, collectUploads, dropUpload, type LedgerKeeps } from './collect.ts'
import { createCommits } from './commits.ts'
import { openFile, type StoredFile, stageFile } from './files.ts'
import { freeOn, guardWrites } from './guard.ts'
import { type HoldLimits, type Holds, openHolds } from './holds.ts'
import { marked } from './mark.ts'
import { createPins, type Pins } from './pins.ts'
import { createRecords, type Records } from './records.ts'
import { createReferences, type References } from './references.ts'
import { openRoom, type Room } from './room.ts'
import { type Holder, openShares, type Shares, type UnderWay } from './shares.ts'
import { openStaging, type Staging, type StagingRoom } from './staging.ts'
import { createSubmissionStore, type SubmissionStore } from './submissions.ts'

export type IpfsNode = SubmissionStore & {
  home: string
  /** `buffers`: whose memory the block takes. `client`: whose turn it takes. @throws IpfsError `not_found`, `damaged` */
  read: (cid: CID, buffers?: Buffers, client?: string | null) => Promise<Uint8Array>
  /** A file's size and bytes. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file` */
  open: (cid: CID) => Promise<StoredFile>
  /**
   * Stores and pins a file for an account, kept from `at` on (unix seconds by the ledger's time, null where that is not known), from the
   * share of `by`. Repeating it is harmless. @throws IpfsError `too_large`, `account_full`, `uploads_full`, `disk_full`
   */
  add: (account: string, body: AsyncIterable<Uint8Array>, at: number | null, by?: Holder) => Promise<Added>
  /** The same for the archive of a file (CAR, root first), each block checked. @throws also ContentError `bad_car`, `not_a_file` */
  addArchive: (
    account: string,
    cid: string,
    archive: AsyncIterable<Uint8Array>,
    at: number | null,
    by?: Holder,
  ) => Promise<Added>
  /** The same for an archive of several files, at most MOST_FILES and the size of one: all or none. */
  addArchives: (account: string, archive: AsyncIterable<Uint8Array>, at: number | null, by?: Holder) => Promise<Added[]>
  /** The same for a file that is here already, which stays as it is. */
  addWhole: (account: string, file: string, bytes: number, at: number | null, by?: Holder) => Promise<Added>
  /** What an account keeps, but for what it let go. */
  kept: (account: string) => AsyncGenerator<AccountEntry>
  keeps: (account: string, cid: string) => Promise<boolean>
  /** What an account keeps under this CID, but for what it let go. */
  keptOne: (account: string, cid: string) => Promise<AccountEntry | undefined>
  /**
   * Keeps for this account, too, what is kept here already; false where it is not.
   * @param allow is told what it counts, and may throw @throws IpfsError `account_full`, `uploads_full`; what `allow` throws
   */
  keep: (
    account: string,
    cid: string,
    at: number | null,
    by?: Holder,
    allow?: (bytes: number) => void,
  ) => Promise<boolean>
  /** Pin objects, which count for their accounts. `put` throws `disk_full`, too. */
  pinRecords: Pick<PinRecords, 'get' | 'of' | 'put' | 'drop'>
  /** Removes pin objects for which this is true and whose content their accounts do not keep. */
  dropPins: (over: (value: unknown) => { cid: string } | undefined) => Promise<number>
  /** The account lets it go; what the ledger names stays until it does not. */
  unkeep: (account: string, cid: string, named: boolean) => Promise<void>
  /** Lets go uploads that are older than so many seconds and that the ledger does not name. */
  collect: (run: { now: number; olderThan: number; ledger: LedgerKeeps }) => Promise<Collected>
  /** Files and bytes that are kept for challenges. */
  submissions: () => { files: number; bytes: number }
  /** Files and bytes that are kept for accounts. */
  uploads: () => { files: number; bytes: number }
  room: Room
  shares: Shares
  /** What would be free for uploads after so many bytes more. */
  free: (more: number) => Promise<number>
  records: Records
  /** The roots of everything that is kept. */
  pinned: () => AsyncIterable<CID>
  /** Whether it is one of them: a block of another file is not. */
  isPinned: (cid: string) => Promise<boolean>
  close: () => Promise<void>
}

export type Added = { cid: string; bytes: number }
/** A file whose blocks are staged. */
type Staged = { root: CID; bytes: number }
export type Limits = { maxUploadBytes: number } & AccountLimits & HoldLimits

export type NodeOptions = {
  limits: Limits
  /** Bytes that uploads leave free on the disk. */
  reserveBytes?: number | undefined
  onBlock?: () => void
  /** A root is no longer kept. */
  onLetGo?: (cid: string) => void
}

/** In one archive. */
export const MOST_FILES = 1_000

const SYNCED = '/synced'
const EMPTY = new Uint8Array()

/** @throws Error that says what to do if another process has this home. */
export async function openNode(
  home: string,
  { limits, reserveBytes, onBlock, onLetGo }: NodeOptions,
): Promise<IpfsNode> {
  const incoming = join(home, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const datastore = await openDatastore(join(home, 'datastore'), home)
  const blocks = new CheckedBlockstore(join(home, 'blocks'), onBlock)
  await blocks.open()
  const helia = createHeliaLight({ blockstore: blocks, datastore })
  await helia.start()
  const room = await openRoom(home, reserveBytes)
  const records = createRecords(datastore.db)
  const shares = await openShares(records, limits.maxUploadsBytes)
  const accounts = await openAccounts(datastore.db, limits, shares, room.forUploads)
  const holds = await openHolds(datastore.db, limits)
  const references = createReferences(datastore.db)
  const pins = createPins(blocks, helia.pins, references, onLetGo)
  const keeping = async (cids: ReadonlySet<string>) =>
    new Set([...(await accounts.keeping(cids)), ...(await holds.keeping(cids))])
  await cleanUp({ incoming, pins, references, gc: () => helia.gc(), accounts, holds, keeping })

  let last: Promise<unknown> = Promise.resolve()
  /** One at a time: pins count references without locks, and a failed addition takes its blocks away again. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }

  const checkRoom = (bytes: number) => room.check('upload', bytes)
  /** What is staged counts, too: it takes room for as long as its client likes. */
  const stagingRoom = (underWay: UnderWay): StagingRoom => ({
    async check(granted, bytes) {
      await checkRoom(granted)
      underWay.check(bytes, await accounts.free(bytes))
    },
    took: underWay.add,
  })
  // One write that is synced puts all before it on disk.
  const sync = () => datastore.db.put(SYNCED, EMPTY, { sync: true })
  const commits = createCommits({ blocks, pins, keeping, sync, inTurn })

  /** Stores what `stage` stages, counts it for the account and pins it. */
  async function add(
    account: string,
    at: number | null,
    by: Holder,
    stage: (staging: Staging) => Promise<Staged[]>,
  ): Promise<Added[]> {
    const underWay = shares.begin(by)
    const staging = await openStaging(incoming, stagingRoom(underWay))
    try {
      const files = await stage(staging)
      await commits.add(staging, async (undo) => {
        const charged = files.map(({ root, bytes }) => ({ cid: root.toString(), bytes }))
        underWay.end()
        undo.uncharge.push(await accounts.chargeAll(account, charged, at, by))
        for (const { root } of files) if (!(await pins.has(root))) undo.pinned.push(root)
        await pins.addAll(files.map(({ root }) => root))
      })
      return files.map(({ root, bytes }) => ({ cid: root.toString(), bytes }))
    } catch (error) {
      throw asDiskFull(error)
    } finally {
      await staging.remove()
      underWay.end()
    }
  }

  /** A block in the middle of a file becomes a file of its own for this account. */
  async function keepPart(
    account: string,
    root: CID,
    bytes: number,
    { at, by }: { at: number | null; by: Holder },
  ): Promise<void> {
    const uncharge = await accounts.charge(account, root.toString(), bytes, at, by)
    try {
      await pins.add(root)
    } catch (error) {
      await uncharge()
      await pins.rm(root)
      throw asDiskFull(error)
    }
  }

  async function addOne(
    account: string,
    at: number | null,
    by: Holder,
    stage: (staging: Staging) => Promise<Staged>,
  ): Promise<Added> {
    const [added] = await add(account, at, by, async (staging) => [await stage(staging)])
    return added!
  }

  const archived = createSubmissionStore({
    incoming,
    blocks,
    pins,
    accounts,
    holds,
    room,
    inTurn,
    commits,
  })
  const collecting = { incoming, blocks, pins, accounts, holds, shares, inTurn }

  return {
    home,
    read: (cid, buffers, client) => blocks.read(cid, buffers, client),
    open: (cid) => openFile(blocks, cid),
    add: (account, body, at, by) =>
      addOne(account, at, by, async (staging) => {
        const counted = { bytes: 0 }
        const root = await stageFile(staging, atMost(body, limits.maxUploadBytes, counted))
        return { root, bytes: counted.bytes }
      }),
    addWhole: (account, file, bytes, at, by) =>
      addOne(account, at, by, async (staging) => {
        await checkRoom(bytes)
        return { root: await stageFile(staging, createReadStream(file, { highWaterMark: 1024 * 1024 })), bytes }
      }),
    addArchive: (account, cid, archive, at, by) =>
      addOne(account, at, by, async (staging) => {
        const root = parseCid(cid)
        return { root, ...(await takeCarFile(root, archive, limits.maxUploadBytes, staging)) }
      }),
    addArchives: (account, archive, at, by) =>
      add(account, at, by, (staging) =>
        takeCarFiles(archive, { mostBytes: limits.maxUploadBytes, mostFiles: MOST_FILES }, staging),
      ),
    async *kept(account) {
      for await (const entry of accounts.entries(account)) if (!entry.hidden) yield entry
    },
    keeps: accounts.has,
    async keptOne(account, cid) {
      const entry = await accounts.entry(account, cid)
      return entry?.hidden ? undefined : entry
    },
    keep: (account, cid, at, by, allow = () => {}) =>
      inTurn(async () => {
        const root = parseCid(cid)
        if (!(await pins.isPinned(root))) return false
        // A block in the middle of somebody's file is pinned with it, and would go with it.
        const file = await openFile(blocks, root).catch(() => undefined)
        if (file === undefined) return false
        allow(file.bytes)
        if (await pins.has(root)) await accounts.charge(account, cid, file.bytes, at, by)
        else await marked(incoming, () => keepPart(account, root, file.bytes, { at, by }))
        return true
      }),
    pinRecords: {
      ...accounts.pins,
      put: (account, requestid, value, by) =>
        inTurn(async () => {
          await checkRoom(LEAST_CHARGE)
          await accounts.pins.put(account, requestid, value, by)
        }),
      drop: (account, requestid) => inTurn(() => accounts.pins.drop(account, requestid)),
    },
    async dropPins(over) {
      let dropped = 0
      for await (const { account, requestid, value } of accounts.pins.all()) {
        const one = over(value)
        if (one === undefined || (await accounts.has(account, one.cid))) continue
        await inTurn(() => accounts.pins.drop(account, requestid))
        dropped++
      }
      return dropped
    },
    unkeep: (account, cid, named) =>
      inTurn(() => (named ? accounts.hide(account, cid) : dropUpload(collecting, account, cid))),
    collect: (run) => collectUploads(collecting, run),
    uploads: () => ({ files: accounts.files, bytes: accounts.bytes }),
    room,
    shares,
    free: accounts.free,
    records,
    ...archived,
    submissions: () => ({ files: holds.files, bytes: holds.bytes }),
    pinned: pins.roots,
    isPinned: (cid) => pins.has(parseCid(cid)),
    async close() {
      await inTurn(async () => {
        await helia.stop()
        await datastore.close()
      })
    },
  }
}

async function openDatastore(path: string, home: string): Promise<LevelDatastore> {
  const datastore = new LevelDatastore(path)
  try {
    // First below the wrapper, which drops the reason.
    await datastore.db.open()
    await datastore.open()
    guardWrites(datastore.db, freeOn(home))
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.cause as { code?: string } | undefined) : undefined
    const why =
      reason?.code === 'LEVEL_LOCKED'
        ? 'Another process is using it: stop that one, or set IPFS_HOME to another folder'
        : 'It cannot be read: check its owner and its disk, or set IPFS_HOME to another folder'
    throw new Error(`Cannot open the store in ${home}. ${why}.`, { cause })
  }
  return datastore
}

async function* atMost(
  body: AsyncIterable<Uint8Array>,
  most: number,
  counted: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    counted.bytes += piece.length
    if (counted.bytes > most) throw tooLarge(most)
    yield piece
  }
}

type CleanUp = {
  incoming: string
  pins: Pins
  references: References
  gc: () => Promise<void>
  accounts: Accounts
  holds: Holds
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
}

/**
 * What is left in `incoming` means that a process was killed between its first block and its pin, or while it let something go, or that
 * a full disk kept it from taking back what it refused.
 */
async function cleanUp({ incoming, pins, references, gc, accounts, holds, keeping }: CleanUp): Promise<void> {
  const left = await readdir(incoming)
  if (left.length === 0) return
  const pinned = new Map((await Array.fromAsync(pins.roots())).map((root) => [root.toString(), root]))
  await accounts.settle((cid) => pinned.has(cid))
  await holds.settle((cid) => pinned.has(cid))
  const kept = await keeping(new Set(pinned.keys()))
  for (const [name, root] of pinned) if (!kept.has(name)) await pins.rm(root)
  await references.settle((root) => kept.has(root))
  await gc()
  for (const name of left) await rm(join(incoming, name), { recursive: true, force: true })
}
