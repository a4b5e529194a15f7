/**
 * Which roots hold each block, as Helia's pins keep it in LevelDB. Helia writes a pin block by block and its name last, and takes it back
 * in the other order: a death or a full disk in between leaves blocks that are held by no pin, which Helia itself can never remove.
 */
import { decode, encode } from 'cborg'
import type { LevelDatastore } from 'datastore-level'
import { base36 } from 'multiformats/bases/base36'
import { CID } from 'multiformats/cid'

/** Helia's keys and values, of its version 7: `PinsImpl` in helia/dist/src/pins.js. */
const PIN = '/pin/'
const BLOCK = '/pinned-block/'
type Held = { pinCount: number; pinnedBy: Uint8Array[] }

const pinKey = (root: CID) => `${PIN}${root.toV1().toString(base36)}`
const blockKey = (cid: CID) => `${BLOCK}${base36.encode(cid.multihash.bytes)}`
const nameOf = (root: Uint8Array) => CID.decode(root).toV1().toString()

/** Read and written together: Helia asks and writes block by block, which took longer than putting the blocks on disk. */
const TOGETHER = 4096
/** A pin as Helia writes one of a whole tree. */
const WHOLE = encode({ depth: Number.POSITIVE_INFINITY, metadata: {} })

type Write = { type: 'put'; key: string; value: Uint8Array } | { type: 'del'; key: string }

export type References = {
  /** Whether this root itself has a pin: a block in the middle of a pinned file has none. */
  has(root: CID): Promise<boolean>
  /** Pins the root, which holds these blocks, as Helia would: its name last. Where it is pinned, nothing happens. */
  hold(root: CID, cids: readonly CID[]): Promise<void>
  /** Takes the root's pin, whole or half, from these blocks: all or nothing. */
  drop(root: CID, cids: readonly CID[]): Promise<void>
  /** Takes back what roots without a pin hold. */
  settle(isPinned: (root: string) => boolean): Promise<void>
}

export function createReferences(db: LevelDatastore['db']): References {
  /** What is to be written where only some of its roots stay. */
  function without(key: string, value: Uint8Array, stays: (root: string) => boolean): Write | undefined {
    const { pinnedBy } = decode(value) as Held
    const left = pinnedBy.filter((root) => stays(nameOf(root)))
    if (left.length === pinnedBy.length) return undefined
    if (left.length === 0) return { type: 'del', key }
    return { type: 'put', key, value: encode({ pinCount: left.length, pinnedBy: left }) }
  }

  const has = async (root: CID) => (await db.get(pinKey(root))) !== undefined

  return {
    has,
    async hold(root, cids) {
      if (await has(root)) return
      const name = root.toV1().toString()
      const keys = [...new Set(cids.map(blockKey))]
      for (let at = 0; at < keys.length; at += TOGETHER) {
        const some = keys.slice(at, at + TOGETHER)
        const values = await db.getMany(some)
        const writes: Write[] = some.flatMap((key, index) => {
          const pinnedBy = values[index] ? (decode(values[index]) as Held).pinnedBy : []
          if (pinnedBy.some((one) => nameOf(one) === name)) return []
          const held = { pinCount: pinnedBy.length + 1, pinnedBy: [...pinnedBy, root.bytes] }
          return [{ type: 'put', key, value: encode(held) } as const]
        })
        if (at + TOGETHER >= keys.length) writes.push({ type: 'put', key: pinKey(root), value: WHOLE })
        await db.batch(writes)
      }
    },
    async drop(root, cids) {
      const name = root.toV1().toString()
      const keys = [...new Set(cids.map(blockKey))]
      const values = await db.getMany(keys)
      const writes: Write[] = [{ type: 'del', key: pinKey(root) }]
      for (const [index, value] of values.entries()) {
        const write = value && without(keys[index]!, value, (held) => held !== name)
        if (write) writes.push(write)
      }
      await db.batch(writes)
    },
    async settle(isPinned) {
      for await (const [key, value] of db.iterator({ gte: BLOCK, lt: `${BLOCK}\xff` })) {
        const write = without(key, value, isPinned)
        if (write) await db.batch([write])
      }
    },
  }
}
