/**
 * The sealed files that this oracle has seen, block by block, for the other oracles. They are no secret and can be lost: whoever
 * submitted them, an IPFS node or another oracle may have them, too.
 */
import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCid, type parseCid } from '@stellartrain/ipfs-content/cid'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'
import { createShares } from './shares.ts'

/** A CID as `parseCid` gives it. */
export type BlockId = ReturnType<typeof parseCid>

/** However many challenges there are, each may keep this part of the limit: less than that would hold no file. */
const MOST_SHARES = 100

export type BlockStore = {
  /** The very bytes that the CID names; undefined for what is not kept. */
  get(cid: BlockId): Promise<Uint8Array<ArrayBuffer> | undefined>
  has(cid: BlockId): boolean
  /**
   * Keeps a block of a challenge that was compared with its CID; one that another challenge has is kept for both, without more disk.
   * Resolves to false where there is no room. Each followed challenge that keeps something has an equal share of the limit, and one that
   * comes gets its share whatever the others took: what is over makes room first, then the oldest blocks of who has more than its share.
   * Within its share, what is followed loses nothing.
   */
  put(challenge: number, cid: BlockId, bytes: Uint8Array): Promise<boolean>
  /** How much is kept, and how much may be. */
  readonly bytes: number
  readonly limit: number
  /** Removes what is older than `ms` of the challenges that are not among `followed`. */
  prune(followed: ReadonlySet<number>, ms: number, nowMs: number): Promise<void>
}

/**
 * @param folder is made if it is missing @param limit bytes in all
 * @param followed the challenges in which something may still be owed; undefined while that is not known
 */
export async function openStore(
  folder: string,
  limit: number,
  followed: () => ReadonlySet<number> | undefined = () => undefined,
): Promise<BlockStore> {
  makeFolder(folder)
  const shares = createShares()
  const pending = new Map<string, Promise<boolean>>()

  const fileOf = (challenge: number, cid: string) => join(folder, String(challenge), cid)

  /** What a challenge may keep, together with those that keep something already. */
  function shareOf(challenge: number): number {
    const owed = followed()
    const others = shares.challenges().filter((id) => id !== challenge && (owed === undefined || owed.has(id)))
    return Math.max(limit / (others.length + 1), limit / MOST_SHARES)
  }

  const mayHold = (challenge: number, bytes: number) => shares.heldBy(challenge) + bytes <= shareOf(challenge)

  async function remove(challenge: number): Promise<void> {
    for (const cid of shares.blocksOf(challenge)) shares.release(challenge, cid)
    await rm(join(folder, String(challenge)), { recursive: true, force: true })
  }

  /** Challenges that are over go first, those with the lowest number, which are the oldest, before the others. */
  async function makeRoom(challenge: number, bytes: number): Promise<void> {
    const owed = followed()
    if (owed === undefined) return
    const lacks = () => shares.total + bytes > limit
    const others = shares.challenges().filter((id) => id !== challenge)
    for (const id of others.filter((id) => !owed.has(id)).toSorted((a, b) => a - b)) if (lacks()) await remove(id)
    const share = shareOf(challenge)
    // The oldest were graded most likely, and the other oracles have seen them.
    const largest = others.filter((id) => owed.has(id)).toSorted((a, b) => shares.heldBy(b) - shares.heldBy(a))
    for (const id of largest) {
      for (const cid of shares.blocksOf(id)) {
        if (!lacks() || shares.heldBy(id) <= share) break
        shares.release(id, cid)
        await rm(fileOf(id, cid), { force: true })
      }
    }
  }

  async function write(challenge: number, name: string, bytes: Uint8Array): Promise<boolean> {
    if (!mayHold(challenge, bytes.length)) return false
    if (shares.total + bytes.length > limit) await makeRoom(challenge, bytes.length)
    // Others came while room was made.
    if (shares.total + bytes.length > limit || !mayHold(challenge, bytes.length)) return false
    const partial = fileOf(challenge, `${name}.${randomUUID()}`)
    shares.reserve(challenge, bytes.length)
    try {
      makeFolder(join(folder, String(challenge)))
      await writeFile(partial, bytes)
      await rename(partial, fileOf(challenge, name))
    } catch {
      await rm(partial, { force: true })
      shares.reserve(challenge, -bytes.length)
      return false
    }
    shares.reserve(challenge, -bytes.length)
    shares.add(challenge, name, bytes.length)
    return true
  }

  /** A second name for the same bytes on the disk, which stays when the first one goes. Whether the block is kept for this challenge, too. */
  async function share(challenge: number, name: string): Promise<boolean> {
    const bytes = shares.sizeOf(name)
    if (bytes === undefined || !mayHold(challenge, bytes)) return false
    makeFolder(join(folder, String(challenge)))
    for (const other of shares.holdersOf(name)) {
      try {
        await link(fileOf(other, name), fileOf(challenge, name)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
        })
      } catch {
        // Gone meanwhile, or a file system without links.
        continue
      }
      shares.add(challenge, name, bytes)
      return true
    }
    return false
  }

  async function keep(challenge: number, name: string, bytes: Uint8Array): Promise<boolean> {
    if (shares.holds(challenge, name) || (shares.sizeOf(name) !== undefined && (await share(challenge, name))))
      return true
    // It is there, though not for this challenge, whose share is full.
    if (shares.sizeOf(name) !== undefined) return true
    return write(challenge, name, bytes)
  }

  for (const challenge of await challengesIn(folder)) {
    for (const name of await readdir(join(folder, String(challenge)))) {
      const file = fileOf(challenge, name)
      // A killed process left it half written.
      if (!isCid(name)) await rm(file, { force: true })
      else shares.add(challenge, name, (await stat(file)).size)
    }
  }

  return {
    limit,
    get bytes() {
      return shares.total
    },
    has: (cid) => shares.sizeOf(cid.toString()) !== undefined,
    async get(cid) {
      const name = cid.toString()
      for (const challenge of shares.holdersOf(name)) {
        const found = await readFile(fileOf(challenge, name)).catch((error: NodeJS.ErrnoException) => error)
        // What cannot be read now is there nevertheless.
        if (found instanceof Error && found.code !== 'ENOENT') continue
        if (!(found instanceof Error) && (await isBlock(cid, found))) return new Uint8Array(found)
        // Damaged or removed by somebody: it counts as absent, and is written again when it is seen again.
        shares.release(challenge, name)
      }
      return undefined
    },
    put(challenge, cid, bytes) {
      const name = cid.toString()
      if (shares.holds(challenge, name)) return Promise.resolve(true)
      // Two who see a block at once write it once, and nobody reads it before it is there.
      const before = pending.get(name)
      const work = () => keep(challenge, name, bytes)
      const writing = (before === undefined ? work() : before.then(work, work)).finally(() => {
        if (pending.get(name) === writing) pending.delete(name)
      })
      pending.set(name, writing)
      return writing
    },
    async prune(owed, ms, nowMs) {
      for (const challenge of await challengesIn(folder)) {
        if (owed.has(challenge) || nowMs - (await stat(join(folder, String(challenge)))).mtimeMs < ms) continue
        await remove(challenge)
      }
    },
  }
}

async function challengesIn(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^[1-9]\d{0,9}$/.test(name)).map(Number)
}
