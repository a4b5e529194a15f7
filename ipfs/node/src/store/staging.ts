/**
 * The blocks of uploads on their way: each is written once, beside the store, and is on disk before it gets its name there. What is
 * broken off, too large or refused in the end never touches a block of the store.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TakenBlocks } from '@stellartrain/ipfs-content/take-car'
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'
import { createWriteBudget } from './write-budget.ts'

/** A block that is on disk under a name of its own. */
export type StagedBlock = { cid: CID; file: string }

export type Staging = TakenBlocks & {
  /**
   * Takes a block whose bytes were compared with its CID, and begins to write it: a few are written at once.
   * @param over called once when the bytes are not read any more
   * @throws IpfsError `disk_full`, also for a block before this one; what `check` of its room throws
   */
  put(cid: CID, bytes: Uint8Array, over?: () => void): Promise<true>
  /** Resolves to every block once all are on disk. @throws as `put` */
  written(): Promise<StagedBlock[]>
  /** Its folder stays, empty, so that the next start takes back what could not be taken back now: a full disk makes no new one. */
  leave(): void
  /** Waits for what is being written, and removes what was not moved into the store. */
  remove(): Promise<void>
}

/** What may be written at once: the system puts several files on disk in the time of one. */
const MOST_WRITES = 32
/** Of this process, whose memory it is. */
const openShare = createWriteBudget()
/**
 * Room is asked for in pieces, each twice the one before up to the most: looking at the disk for each of many blocks would take longer than
 * writing small ones, and what is written meanwhile without another look stays a part of what was written.
 */
const GRANT_BYTES = 512 * 1024
const MOST_GRANT_BYTES = 8 * 1024 * 1024

export type StagingRoom = {
  /** @param granted for so much @param bytes of the block that asks @throws where there is no room */
  check(granted: number, bytes: number): Promise<void>
  /** A block takes so much. */
  took?(bytes: number): void
}

/** @param folder on the disk of the store */
export async function openStaging(
  folder: string,
  { check, took = () => {} }: StagingRoom = { check: async () => {} },
): Promise<Staging> {
  const own = join(folder, randomUUID())
  await mkdir(own, { mode: 0o700 })
  const blocks = new Map<string, StagedBlock & { done: Promise<void> }>()
  const running = new Set<Promise<void>>()
  const share = openShare()
  /** What there was room for when it was last looked at. */
  let granted = 0
  let grant = GRANT_BYTES
  let left = false
  let failed: { error: unknown } | undefined

  function start(file: string, bytes: Uint8Array, over: () => void): Promise<void> {
    share.add(bytes.length)
    const done = writeDurably(file, bytes)
      .catch((error: unknown) => {
        failed ??= { error: asDiskFull(error) }
      })
      .finally(() => {
        share.add(-bytes.length)
        running.delete(done)
        over()
      })
    running.add(done)
    return done
  }

  function throwIfFailed(): void {
    if (failed) throw failed.error
  }

  return {
    has: (cid) => blocks.has(cid.toString()),
    async get(cid) {
      const block = blocks.get(cid.toString())
      if (block === undefined) return undefined
      await block.done
      throwIfFailed()
      return new Uint8Array(await readFile(block.file))
    },
    async put(cid, bytes, over: () => void = () => {}) {
      const name = cid.toString()
      if (blocks.has(name)) {
        over()
        return true
      }
      if (bytes.length > granted) {
        const more = Math.max(bytes.length, grant)
        await check(more, bytes.length)
        granted = more
        grant = Math.min(MOST_GRANT_BYTES, grant * 2)
      }
      granted -= bytes.length
      took(bytes.length)
      while (running.size >= MOST_WRITES || !share.fits(bytes.length)) await Promise.race(running)
      throwIfFailed()
      // An importer hands over several at once, and the same block may be among them.
      if (blocks.has(name)) {
        over()
        return true
      }
      const file = join(own, String(blocks.size))
      blocks.set(name, { cid, file, done: start(file, bytes, over) })
      return true
    },
    async written() {
      await Promise.all(running)
      throwIfFailed()
      return [...blocks.values()]
    },
    leave() {
      left = true
    },
    async remove() {
      await Promise.all(running)
      if (!left) return rm(own, { recursive: true, force: true })
      for (const file of await readdir(own)) await rm(join(own, file), { force: true })
    },
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    // In one call: `writeFile` makes two of a block.
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
