/** Pairs of two sides whose gains add up to the most, each member in one pair at most: shortest augmenting paths, as Jonker and Volgenant 1987. */

/** What pairing costs in steps; it ends a search that would take too many. */
export type Spend = (steps: number) => void

/** The possible pairs: those of the left member `i` are at `starts[i]` to `starts[i + 1]`. */
export interface Pairs {
  readonly left: number
  readonly right: number
  readonly starts: Int32Array
  /** The right member of each, and what it gains: above 0. */
  readonly members: Int32Array
  readonly gains: Float64Array
}

/** The right member of each left one, −1 for none. Of equal sums, always the same one. */
export function bestPairs({ left, right, starts, members, gains }: Pairs, spend: Spend): Int32Array {
  // Right members, and behind them one for each left member that stands for no pair at all.
  const size = right + left
  const prices = new Float64Array(size)
  const owners = new Int32Array(size).fill(-1)
  const chosen = new Int32Array(left).fill(-1)
  const distances = new Float64Array(size)
  const previous = new Int32Array(size)
  const reached = new Int32Array(size).fill(-1)
  const settled = new Int32Array(size).fill(-1)
  const costs = new Float64Array(left)
  for (let from = 0; from < left; from++) {
    const heap = createHeap()
    const touched: number[] = []
    const relax = (member: number, place: number, distance: number): void => {
      if (settled[place] === from || (reached[place] === from && distances[place]! <= distance)) return
      reached[place] = from
      distances[place] = distance
      previous[place] = member
      heap.push(distance, owners[place]! < 0 ? place : place + size)
    }
    const extend = (member: number, offset: number): void => {
      spend(starts[member + 1]! - starts[member]! + 1)
      for (let at = starts[member]!; at < starts[member + 1]!; at++)
        relax(member, members[at]!, offset - gains[at]! - prices[members[at]!]!)
      relax(member, right + member, offset - prices[right + member]!)
    }
    extend(from, 0)
    let [end, least] = [-1, 0]
    while (end < 0) {
      const place = heap.pop() % size
      if (settled[place] === from) continue
      settled[place] = from
      least = distances[place]!
      if (owners[place]! < 0) end = place
      else {
        touched.push(place)
        const owner = owners[place]!
        extend(owner, least - (costs[owner]! - prices[place]!))
      }
    }
    for (const place of touched) prices[place]! += distances[place]! - least
    for (let place = end, member = -1; member !== from; ) {
      member = previous[place]!
      const freed = chosen[member]!
      chosen[member] = place
      owners[place] = member
      costs[member] = costOf(member, place)
      place = freed
    }
  }
  return chosen.map((place) => (place < right ? place : -1))

  function costOf(member: number, place: number): number {
    if (place >= right) return 0
    for (let at = starts[member]!; at < starts[member + 1]!; at++) if (members[at] === place) return -gains[at]!
    return 0
  }
}

/** The least distance first, of equal ones the lower place: free ones are lower than taken ones, so that a search ends early. */
function createHeap() {
  const keys: number[] = []
  const places: number[] = []
  const before = (a: number, b: number): boolean =>
    keys[a]! < keys[b]! || (keys[a] === keys[b] && places[a]! < places[b]!)
  const swap = (a: number, b: number): void => {
    ;[keys[a], keys[b]] = [keys[b]!, keys[a]!]
    ;[places[a], places[b]] = [places[b]!, places[a]!]
  }
  return {
    push(key: number, place: number): void {
      let at = keys.push(key) - 1
      places.push(place)
      for (let up = (at - 1) >> 1; at > 0 && before(at, up); up = (at - 1) >> 1) {
        swap(at, up)
        at = up
      }
    },
    pop(): number {
      const place = places[0]!
      const last = keys.length - 1
      swap(0, last)
      keys.pop()
      places.pop()
      for (let at = 0; ; ) {
        let next = 2 * at + 1
        if (next >= last) break
        if (next + 1 < last && before(next + 1, next)) next++
        if (!before(next, at)) break
        swap(at, next)
        at = next
      }
      return place
    },
  }
}
