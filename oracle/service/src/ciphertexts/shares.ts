/**
 * Who keeps which block, and how much each challenge may keep. A block that several challenges have is on the disk once; each of them
 * pays for it whole out of its share, so that none loses room when another one is over.
 */

export type Shares = {
  /** Bytes on the disk. */
  readonly total: number
  /** The challenges that keep a block; empty for one that is not kept. */
  holdersOf(cid: string): readonly number[]
  holds(challenge: number, cid: string): boolean
  /** Size of a block that is kept. */
  sizeOf(cid: string): number | undefined
  /** What a challenge pays for. */
  heldBy(challenge: number): number
  /** Challenges that keep something. */
  challenges(): number[]
  /** Blocks of a challenge, the oldest first. */
  blocksOf(challenge: number): string[]
  add(challenge: number, cid: string, bytes: number): void
  /** What no challenge has any more is not kept. */
  release(challenge: number, cid: string): void
  /** Counted before it is written, so that what comes at once stays within the limit together. Undo it with the negative. */
  reserve(challenge: number, bytes: number): void
}

export function createShares(): Shares {
  const blocks = new Map<string, { bytes: number; holders: Set<number> }>()
  const held = new Map<number, { bytes: number; blocks: Set<string> }>()
  let total = 0

  function of(challenge: number): { bytes: number; blocks: Set<string> } {
    const found = held.get(challenge) ?? { bytes: 0, blocks: new Set<string>() }
    held.set(challenge, found)
    return found
  }

  function charge(challenge: number, bytes: number): void {
    const one = of(challenge)
    one.bytes += bytes
    if (one.bytes === 0 && one.blocks.size === 0) held.delete(challenge)
  }

  return {
    get total() {
      return total
    },
    holdersOf: (cid) => [...(blocks.get(cid)?.holders ?? [])],
    holds: (challenge, cid) => blocks.get(cid)?.holders.has(challenge) ?? false,
    sizeOf: (cid) => blocks.get(cid)?.bytes,
    heldBy: (challenge) => held.get(challenge)?.bytes ?? 0,
    challenges: () => [...held.keys()],
    blocksOf: (challenge) => [...(held.get(challenge)?.blocks ?? [])],
    add(challenge, cid, bytes) {
      const block = blocks.get(cid) ?? { bytes, holders: new Set<number>() }
      if (block.holders.has(challenge)) return
      if (block.holders.size === 0) total += block.bytes
      blocks.set(cid, block)
      block.holders.add(challenge)
      of(challenge).blocks.add(cid)
      charge(challenge, block.bytes)
    },
    release(challenge, cid) {
      const block = blocks.get(cid)
      if (block === undefined || !block.holders.delete(challenge)) return
      of(challenge).blocks.delete(cid)
      charge(challenge, -block.bytes)
      if (block.holders.size > 0) return
      blocks.delete(cid)
      total -= block.bytes
    },
    reserve(challenge, bytes) {
      total += bytes
      charge(challenge, bytes)
    },
  }
}
