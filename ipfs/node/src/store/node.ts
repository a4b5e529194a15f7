/** The Helia node: checked blocks on files, pins in LevelDB, no network of its own. */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { takeCarFile } from '@stellartrain/ipfs-content/take-car'
import { LevelDatastore } from 'datastore-level'
import { createHeliaLight, type Helia } from 'helia'
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'
import {
  type AccountEntry,
  type AccountLimits,
  type Accounts,
  LEAST_CHARGE,
  openAccounts,
  type PinRecords,
} from './accounts.ts'
import { openBlockSpool } from './block-spool.ts'
import { CheckedBlockstore } from './blocks.ts'
import { type Collected, collectUploads, dropUpload, type LedgerKeeps } from './collect.ts'
import { addFile, openFile, type StoredFile } from './files.ts'
import { type HoldLimits, type Holds, openHolds } from './holds.ts'
import { createRecords, type Records } from './records.ts'
import { openRoom, type Room } from './room.ts'
import { type Spooled, spool } from './spool.ts'
import { createSubmissionStore, type SubmissionStore, type Undo } from './submissions.ts'

export type IpfsNode = SubmissionStore & {
  home: string
  /** @throws IpfsError `not_found`, `damaged` */
  read: (cid: CID) => Promise<Uint8Array>
  /** A file's size and bytes. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file` */
  open: (cid: CID) => Promise<StoredFile>
  /**
   * Stores and pins a file for an account, kept from `at` on (unix seconds by the ledger's time, null where that is not known).
   * Repeating it is harmless. @throws IpfsError `too_large`, `account_full`, `uploads_full`, `disk_full`
   */
  add: (account: string, body: AsyncIterable<Uint8Array> | null, at: number | null) => Promise<Added>
  /** The same for the archive of a file (CAR, root first), each block checked. @throws also ContentError `bad_car`, `not_a_file` */
  addArchive: (account: string, cid: string, archive: AsyncIterable<Uint8Array>, at: number | null) => Promise<Added>
  /** The same for a file that is here already, which stays as it is. */
  addWhole: (account: string, file: string, bytes: number, at: number | null) => Promise<Added>
  /** What an account keeps, but for what it let go. */
  kept: (account: string) => AsyncGenerator<AccountEntry>
  keeps: (account: string, cid: string) => Promise<boolean>
  /** What an account keeps under this CID, but for what it let go. */
  keptOne: (account: string, cid: string) => Promise<AccountEntry | undefined>
  /**
   * Keeps for this account, too, what is kept here already; false where it is not.
   * @param allow is told what it counts, and may throw @throws IpfsError `account_full`, `uploads_full`; what `allow` throws
   */
  keep: (account: string, cid: string, at: number | null, allow?: (bytes: number) => void) => Promise<boolean>
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
  records: Records
  /** The roots of everything that is kept. */
  pinned: () => AsyncIterable<CID>
  close: () => Promise<void>
}

export type Added = { cid: string; bytes: number }
export type Limits = { maxUploadBytes: number } & AccountLimits & HoldLimits

export type NodeOptions = {
  limits: Limits
  /** Bytes that uploads leave free on the disk. */
  reserveBytes?: number | undefined
  onBlock?: () => void
}

/** @throws Error that says what to do if another process has this home. */
export async function openNode(home: string, { limits, reserveBytes, onBlock }: NodeOptions): Promise<IpfsNode> {
  const incoming = join(home, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const datastore = await openDatastore(join(home, 'datastore'), home)
  const blocks = new CheckedBlockstore(join(home, 'blocks'), onBlock)
  await blocks.open()
  const helia = createHeliaLight({ blockstore: blocks, datastore })
  await helia.start()
  const room = await openRoom(home, reserveBytes)
  const accounts = await openAccounts(datastore.db, limits)
  const holds = await openHolds(datastore.db, limits)
  await cleanUp(incoming, blocks, helia, accounts, holds)

  let last: Promise<unknown> = Promise.resolve()
  /** One at a time: pins count references without locks, and a failed addition takes its blocks away again. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }

  async function pin(cid: CID): Promise<void> {
    try {
      // Walking the tree is what pins it.
      await Array.fromAsync(helia.pins.add(cid), () => {})
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AlreadyPinnedError') throw error
    }
  }

  /** What `work` wrote and counted is taken back if it fails. */
  async function orNothing<T>(work: (undo: Undo) => Promise<T>): Promise<T> {
    const undo: Undo = { written: [], uncharge: undefined }
    try {
      return await work(undo)
    } catch (error) {
      for (const cid of undo.written) if (!(await helia.pins.isPinned(cid))) await blocks.delete(cid)
      // A count that stays is no harm: the same content counts once, and a start takes back what nothing is kept for.
      await undo.uncharge?.().catch(() => {})
      throw asDiskFull(error)
    }
  }

  const checkRoom = (bytes: number) => room.check('upload', bytes)

  const store = (spooled: Pick<Spooled, 'file' | 'bytes'>, account: string, at: number | null): Promise<Added> =>
    orNothing(async (undo) => {
      await checkRoom(spooled.bytes)
      const chunks = createReadStream(spooled.file, { highWaterMark: 1024 * 1024 })
      const cid = await addFile(blocks, chunks, (block) => void undo.written.push(block))
      undo.uncharge = await accounts.charge(account, cid.toString(), spooled.bytes, at)
      await pin(cid)
      return { cid: cid.toString(), bytes: spooled.bytes }
    })

  const archived = createSubmissionStore({
    incoming,
    blocks,
    pins: helia.pins,
    pin,
    accounts,
    holds,
    room,
    inTurn,
    orNothing,
  })
  const collecting = { incoming, blocks, pins: helia.pins, accounts, holds, inTurn }

  return {
    home,
    read: (cid) => blocks.read(cid),
    open: (cid) => openFile(blocks, cid),
    async add(account, body, at) {
      const spooled = await spool(body, { folder: incoming, maxBytes: limits.maxUploadBytes, checkRoom })
      try {
        return await inTurn(() => store(spooled, account, at))
      } finally {
        await spooled.remove()
      }
    },
    addWhole: (account, file, bytes, at) => inTurn(() => store({ file, bytes }, account, at)),
    async addArchive(account, cid, archive, at) {
      const root = parseCid(cid)
      const spooled = await openBlockSpool(incoming, checkRoom)
      try {
        const { bytes } = await takeCarFile(root, archive, limits.maxUploadBytes, spooled)
        await inTurn(() =>
          orNothing(async (undo) => {
            await checkRoom(bytes)
            undo.uncharge = await accounts.charge(account, cid, bytes, at)
            for await (const block of spooled.all())
              if (await blocks.write(block.cid, block.bytes)) undo.written.push(block.cid)
            await pin(root)
          }),
        )
        return { cid, bytes }
      } finally {
        await spooled.remove()
      }
    },
    async *kept(account) {
      for await (const entry of accounts.entries(account)) if (!entry.hidden) yield entry
    },
    keeps: accounts.has,
    async keptOne(account, cid) {
      const entry = await accounts.entry(account, cid)
      return entry?.hidden ? undefined : entry
    },
    keep: (account, cid, at, allow = () => {}) =>
      inTurn(async () => {
        const root = parseCid(cid)
        if (!(await helia.pins.isPinned(root))) return false
        // A block in the middle of somebody's file is pinned with it, and would go with it.
        const file = await openFile(blocks, root).catch(() => undefined)
        if (file === undefined) return false
        allow(file.bytes)
        await accounts.charge(account, cid, file.bytes, at)
        await pin(root)
        return true
      }),
    pinRecords: {
      ...accounts.pins,
      put: (account, requestid, value) =>
        inTurn(async () => {
          await checkRoom(LEAST_CHARGE)
          await accounts.pins.put(account, requestid, value)
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
    records: createRecords(datastore.db),
    ...archived,
    submissions: () => ({ files: holds.files, bytes: holds.bytes }),
    async *pinned() {
      for await (const { cid } of helia.pins.ls()) yield cid
    },
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

/** A file left in `incoming` means that a process was killed between its first block and its pin, or while it let something go. */
async function cleanUp(
  incoming: string,
  blocks: CheckedBlockstore,
  helia: Helia,
  accounts: Accounts,
  holds: Holds,
): Promise<void> {
  const left = await readdir(incoming)
  if (left.length === 0) return
  const kept = new Set(await Array.fromAsync(helia.pins.ls(), ({ cid }) => cid.toString()))
  await accounts.settle((cid) => kept.has(cid))
  await holds.settle((cid) => kept.has(cid))
  await blocks.removePartials()
  await helia.gc()
  for (const file of left) await rm(join(incoming, file), { force: true })
}
