/** Helia's pins over our files: what is pinned counts its blocks, and only those that have links are read for it. */
import { RAW } from '@stellartrain/ipfs-content/cid'
import { readFileNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'
import type { CheckedBlockstore } from './blocks.ts'
import { inParallel } from './parallel.ts'
import type { References } from './references.ts'

/** What is used of Helia's pins. Its own types bring those of libp2p, which do not check in every project. */
export type HeliaPins = {
  isPinned: (cid: CID) => Promise<boolean>
  ls: () => AsyncIterable<{ cid: CID }>
}

export type Pins = {
  isPinned: (cid: CID) => Promise<boolean>
  /** Pins a file; once is enough. @throws IpfsError `not_found`, `damaged`; ContentError `not_a_file` */
  add: (root: CID) => Promise<void>
  /** Several; as `add`. */
  addAll: (roots: readonly CID[]) => Promise<void>
  /** Unpins what is pinned, whole or half. */
  rm: (root: CID) => Promise<void>
  /** Whether the root itself is pinned: `isPinned` is true of every block of a pinned file. */
  has: (root: CID) => Promise<boolean>
  roots: () => AsyncGenerator<CID>
}

export function createPins(
  blocks: Pick<CheckedBlockstore, 'read'>,
  pins: HeliaPins,
  references: Pick<References, 'has' | 'hold' | 'drop'>,
  onRemoved: (root: string) => void = () => {},
): Pins {
  /** A leaf has no links: a file of 1 GB is not read to be pinned. */
  async function* walk(root: CID, read: (cid: CID) => Promise<Uint8Array | undefined>): AsyncGenerator<CID> {
    const seen = new Set<string>()
    const open = [root]
    for (let cid = open.pop(); cid; cid = open.pop()) {
      if (seen.has(cid.toString())) continue
      seen.add(cid.toString())
      const block = cid.code === RAW ? undefined : await read(cid)
      if (block) open.push(...readFileNode(cid, block).children.map((child) => child.cid))
      yield cid
    }
  }
  /** Damage ends its branch. */
  const whatIsLeft = (cid: CID) => blocks.read(cid).catch(() => undefined)

  async function add(root: CID): Promise<void> {
    if (await references.has(root)) return
    await references.hold(root, await Array.fromAsync(walk(root, (cid) => blocks.read(cid))))
  }

  return {
    isPinned: (cid) => pins.isPinned(cid),
    add,
    async addAll(roots) {
      const each = [...new Map(roots.map((root) => [root.toString(), root])).values()]
      // References are read, then written, without locks: what has more blocks than one may share them with another.
      for (const root of each) if (root.code !== RAW) await add(root)
      await inParallel(
        each.filter(({ code }) => code === RAW),
        add,
      )
    },
    async rm(root) {
      await references.drop(root, await Array.fromAsync(walk(root, whatIsLeft)))
      onRemoved(root.toString())
    },
    has: references.has,
    async *roots() {
      for await (const { cid } of pins.ls()) yield cid
    },
  }
}
