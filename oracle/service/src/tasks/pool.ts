/** What is to be labeled in a challenge, and how long its leases last: frozen with its manifest, the same for every oracle. */

export type Pool = Readonly<{
  challenge: number
  /** All ids, in the order of their bytes; elsewhere an item is its place in this list. */
  items: readonly string[]
  placeOf: ReadonlyMap<string, number>
  /** 1 where the label is known, by place. Never told: who knew it would label those alone. */
  known: Uint8Array
  knownItems: number
  /** How many labelers each item gets. */
  overlap: number
  /** Items of a full batch. */
  size: number
  /** From the signature to the end, seconds. */
  leaseSeconds: number
  /** The same with all renewals. */
  longestSeconds: number
}>

/** By which an oracle's clock, that of the last ledger it saw, may be behind another's. */
export const CLOCK_SLACK_SECONDS = 60
/**
 * What is proposed ends soon unless a majority signs it, for until then it takes places from others; whoever has their signatures renews
 * it at once. A minute to collect them, and the slack of clocks: an oracle that is ahead by that must still find it lasting.
 */
export const PROPOSED_SECONDS = 60 + CLOCK_SLACK_SECONDS
/** For a submission that this oracle's view of the ledger does not show yet. */
export const LATE_SECONDS = 30

const SHORTEST = 15 * 60
const LONGEST = 24 * 3_600
const SECONDS_PER_ITEM = 30

export function createPool(of: {
  challenge: number
  items: readonly string[]
  known: Iterable<string>
  overlap: number
  size: number
  /** As the maker expects; 30 where it says nothing. */
  secondsPerItem?: number | undefined
}): Pool {
  const { challenge, items, overlap, size, secondsPerItem = SECONDS_PER_ITEM } = of
  const placeOf = new Map(items.map((id, place) => [id, place]))
  const known = new Uint8Array(items.length)
  for (const id of of.known) {
    const place = placeOf.get(id)
    if (place !== undefined) known[place] = 1
  }
  // Twice what the work should take, for nobody works without a pause.
  const leaseSeconds = Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(2 * size * secondsPerItem)))
  const knownItems = known.reduce((sum, one) => sum + one, 0)
  const longestSeconds = 4 * leaseSeconds
  return { challenge, items, placeOf, known, knownItems, overlap, size, leaseSeconds, longestSeconds }
}

/** How many known items belong to a batch of `size` items: their share of all items, rounded down and up. */
export function knownShare({ items, knownItems }: Pool, size: number): { least: number; most: number; share: number } {
  const share = (size * knownItems) / items.length
  return { least: Math.floor(share), most: Math.ceil(share), share }
}
