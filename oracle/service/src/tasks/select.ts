/** Which items a labeler gets next: those with the fewest labelers first, in an order of its own, with their share of known items. */
import { createHash } from 'node:crypto'
import type { Occupied } from './book.ts'
import { knownShare, type Pool } from './pool.ts'

/** Items that a labeler can get, apart by whether their label is known. */
export type Available = Readonly<{ known: readonly number[]; others: readonly number[] }>

/** Items with a free place in this layer that the labeler never had. */
export function available(pool: Pool, taken: Uint8Array, had: ReadonlySet<number>): Available {
  const known: number[] = []
  const others: number[] = []
  for (let item = 0; item < taken.length; item++) {
    if (taken[item] === 1 || had.has(item)) continue
    if (pool.known[item] === 1) known.push(item)
    else others.push(item)
  }
  return { known, others }
}

/** The lowest layer with enough for a batch, so that every item gets its first label first; else the one with the most. */
export function selectLayer(
  pool: Pool,
  { layers }: Occupied,
  had: ReadonlySet<number>,
  size: number,
): { layer: number; free: Available } {
  let best = { layer: 1, free: { known: [], others: [] } as Available }
  const count = ({ known, others }: Available) => known.length + others.length
  for (const [at, taken] of layers.entries()) {
    const free = available(pool, taken, had)
    if (count(free) > count(best.free)) best = { layer: at + 1, free }
    if (count(best.free) >= size) break
  }
  return best
}

/** At most `most` places in the pool, ascending; fewer where no more are available. Oracles with the same view choose the same. */
export function selectItems(
  pool: Pool,
  labelers: Uint16Array,
  free: Available,
  most: number,
  of: { labeler: string; attempt: number },
): number[] {
  const size = Math.min(most, free.known.length + free.others.length)
  const seed = createHash('sha256')
    .update(`stellartrain/select\0${pool.challenge}\0${of.labeler}\0${of.attempt}`)
    .digest()
    .readUInt32BE()
  const { least, share } = knownShare(pool, size)
  // A share of 1.4 is 1 or 2, so that known items run out no sooner than others.
  const wanted = least + (mixed(seed, pool.items.length) / 2 ** 32 < share - least ? 1 : 0)
  const fewest = Math.max(Math.min(wanted, free.known.length), size - free.others.length)
  const rank = (item: number) => labelers[item]! * 2 ** 32 + mixed(seed, item)
  const chosen = [...lowest(free.known, fewest, rank), ...lowest(free.others, size - fewest, rank)]
  return chosen.sort((a, b) => a - b)
}

/** The `count` items of the lowest rank: one pass, for there may be a million. */
function lowest(items: readonly number[], count: number, rank: (item: number) => number): number[] {
  const found: { item: number; by: number }[] = []
  for (const item of count > 0 ? items : []) {
    const by = rank(item)
    if (found.length === count) {
      if (by >= found[count - 1]!.by) continue
      found.pop()
    }
    let at = found.length
    while (at > 0 && found[at - 1]!.by > by) at--
    found.splice(at, 0, { item, by })
  }
  return found.map(({ item }) => item)
}

/** 32 bits that look random, of a seed and a number (the finalizer of MurmurHash3). */
function mixed(seed: number, number: number): number {
  let hash = (seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
