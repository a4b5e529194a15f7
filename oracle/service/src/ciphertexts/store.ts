/**
 * The sealed files that this oracle has seen, block by block, for the other oracles. They are no secret and can be lost: whoever
 * submitted them, an IPFS node or another oracle may have them, too.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCid, type parseCid } from '@stellartrain/ipfs-content/cid'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'

/** A CID as `parseCid` gives it. */
export type BlockId = ReturnType<typeof parseCid>

export type BlockStore = {
  /** The very bytes that the CID names; undefined for what is not kept. */
  get(cid: BlockId): Promise<Uint8Array<ArrayBuffer> | undefined>
  has(cid: BlockId): boolean
  /**
   * Keeps a block of a challenge that was compared with its CID. Resolves to false where there is no room: a challenge takes half of what
   * the others leave at most, so that there is always some for one more. What is over makes room first; what is followed loses nothing.
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
  await mkdir(folder, { recursive: true })
  const known = new Map<string, { challenge: number; bytes: number }>()
  const pending = new Map<string, Promise<boolean>>()
  let total = 0
  const held = new Map<number, number>()

  const fileOf = (challenge: number, cid: string) => join(folder, String(challenge), cid)

  /** Counted before it is written, so that what comes at once stays within the limit together. */
  function count(challenge: number, bytes: number): void {
    held.set(challenge, (held.get(challenge) ?? 0) + bytes)
    total += bytes
  }

  function note(challenge: number, cid: string, bytes: number): void {
    known.set(cid, { challenge, bytes })
    count(challenge, bytes)
  }

  function drop(cid: string): void {
    const one = known.get(cid)
    if (one === undefined) return
    known.delete(cid)
    count(one.challenge, -one.bytes)
  }

  const heldBy = (challenge: number) => held.get(challenge) ?? 0
  const fits = (challenge: number, bytes: number) =>
    total + bytes <= limit && heldBy(challenge) + bytes <= (limit - (total - heldBy(challenge))) / 2

  async function remove(challenge: number): Promise<void> {
    for (const [cid, one] of known) if (one.challenge === challenge) drop(cid)
    await rm(join(folder, String(challenge)), { recursive: true, force: true })
  }

  /** Challenges that are over go first, those with the lowest number, which are the oldest, before the others. */
  async function makeRoom(challenge: number, bytes: number): Promise<boolean> {
    const owed = followed()
    if (owed === undefined) return fits(challenge, bytes)
    const over = [...held.keys()].filter((id) => id !== challenge && !owed.has(id) && heldBy(id) > 0)
    for (const id of over.toSorted((a, b) => a - b)) {
      if (fits(challenge, bytes)) break
      await remove(id)
    }
    return fits(challenge, bytes)
  }

  async function write(challenge: number, name: string, bytes: Uint8Array): Promise<boolean> {
    if (!fits(challenge, bytes.length) && !(await makeRoom(challenge, bytes.length))) return false
    const partial = fileOf(challenge, `${name}.${randomUUID()}`)
    count(challenge, bytes.length)
    try {
      await mkdir(join(folder, String(challenge)), { recursive: true })
      await writeFile(partial, bytes)
      await rename(partial, fileOf(challenge, name))
      known.set(name, { challenge, bytes: bytes.length })
      return true
    } catch {
      await rm(partial, { force: true })
      count(challenge, -bytes.length)
      return false
    }
  }

  for (const challenge of await challengesIn(folder)) {
    for (const name of await readdir(join(folder, String(challenge)))) {
      const file = fileOf(challenge, name)
      // A killed process left it half written.
      if (!isCid(name)) await rm(file, { force: true })
      else if (!known.has(name)) note(challenge, name, (await stat(file)).size)
    }
  }

  return {
    limit,
    get bytes() {
      return total
    },
    has: (cid) => known.has(cid.toString()),
    async get(cid) {
      const name = cid.toString()
      const found = known.get(name)
      if (found === undefined) return undefined
      const bytes = await readFile(fileOf(found.challenge, name)).catch(() => undefined)
      if (bytes !== undefined && (await isBlock(cid, bytes))) return new Uint8Array(bytes)
      // Damaged or removed by somebody: it counts as absent, and is written again when it is seen again.
      drop(name)
      return undefined
    },
    put(challenge, cid, bytes) {
      const name = cid.toString()
      if (known.has(name)) return Promise.resolve(true)
      // Two who see a block at once write it once, and nobody reads it before it is there.
      const writing = pending.get(name) ?? write(challenge, name, bytes).finally(() => pending.delete(name))
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
