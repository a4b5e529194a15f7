/** N-grams that two sequences share, of all lengths at once: those of n items are pairs of one of n − 1 items and the item behind it. */

/** What the table of pairs is keyed with, other numbers in each process, so that no one can write a text whose pairs collide. */
const KEYS = crypto.getRandomValues(new Int32Array(2))
const [FIRST, SECOND] = [KEYS[0]! | 1, KEYS[1]! | 1]

const NONE = -1

/** Places for the sequences of one row, kept for the next. */
interface Room {
  readonly grams: readonly [Int32Array, Int32Array]
  readonly items: readonly [Int32Array, Int32Array]
  readonly counts: Int32Array
  readonly pairs: Pairs
}

/** Numbers of pairs, found by open addressing: a slot holds one more than the number of its pair. */
interface Pairs {
  readonly slots: Int32Array
  readonly first: Int32Array
  readonly second: Int32Array
}

const roomFor = (length: number): Room => {
  const places = (): Int32Array => new Int32Array(length)
  return {
    ...{ grams: [places(), places()], items: [places(), places()], counts: places() },
    pairs: { slots: new Int32Array(2 * length), first: places(), second: places() },
  }
}

const SMALLEST_ROOM = 256

/**
 * Makes a function that says how many n-grams two sequences share, for n from 1 to `orders`: each as often as both have it. It takes time in
 * proportion to their lengths.
 */
export function createSharedGrams<Item>(orders: number): (a: readonly Item[], b: readonly Item[]) => number[] {
  let room = roomFor(SMALLEST_ROOM)
  return (a, b) => {
    let size = room.counts.length
    while (size < Math.max(a.length, b.length)) size *= 2
    if (size > room.counts.length) room = roomFor(size)
    const { grams, items, counts } = room
    const known = new Map<Item, number>()
    for (const [i, item] of a.entries()) {
      const code = known.get(item) ?? known.size
      if (code === known.size) known.set(item, code)
      items[0][i] = grams[0][i] = code
    }
    for (const [i, item] of b.entries()) items[1][i] = grams[1][i] = known.get(item) ?? NONE
    const shared: number[] = []
    for (let n = 1; n <= orders; n++) {
      const [inA, inB] = [a.length - n + 1, b.length - n + 1]
      if (inA <= 0 || inB <= 0) {
        shared.push(0)
        continue
      }
      if (n > 1) lengthen(room, n, inA, inB)
      counts.fill(0, 0, n === 1 ? known.size : inA)
      for (let i = 0; i < inA; i++) counts[grams[0][i]!]!++
      let found = 0
      for (let i = 0; i < inB; i++) if (grams[1][i]! !== NONE && counts[grams[1][i]!]!-- > 0) found++
      shared.push(found)
    }
    return shared
  }

  /** From n-grams of n − 1 items to those of n. The second sequence needs only those that the first has. */
  function lengthen({ grams, items, pairs }: Room, n: number, inA: number, inB: number): void {
    const bits = 32 - Math.clz32(2 * inA - 1)
    pairs.slots.fill(0, 0, 2 ** bits)
    let size = 0
    for (let i = 0; i < inA; i++) {
      const [first, second] = [grams[0][i]!, items[0][i + n - 1]!]
      const slot = slotOf(pairs, first, second, bits)
      if (pairs.slots[slot] === 0) {
        pairs.first[size] = first
        pairs.second[size] = second
        pairs.slots[slot] = ++size
      }
      grams[0][i] = pairs.slots[slot]! - 1
    }
    for (let i = 0; i < inB; i++) {
      const [first, second] = [grams[1][i]!, items[1][i + n - 1]!]
      const known = first !== NONE && second !== NONE
      grams[1][i] = known ? pairs.slots[slotOf(pairs, first, second, bits)]! - 1 : NONE
    }
  }
}

/** Where a pair stands, or the free slot in which it would. */
function slotOf({ slots, first, second }: Pairs, a: number, b: number, bits: number): number {
  let hash = Math.imul(a, FIRST) + Math.imul(b, SECOND)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  const last = 2 ** bits - 1
  let slot = hash >>> (32 - bits)
  for (;;) {
    const pair = slots[slot]!
    if (pair === 0 || (first[pair - 1] === a && second[pair - 1] === b)) return slot
    slot = (slot + 1) & last
  }
}
