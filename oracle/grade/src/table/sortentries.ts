/**
 * Sorts the entries of a byte table by their bytes. The bytes of as many places as fit are packed into one 32-bit key, each place with no
 * more room than the different bytes that stand there need: eight hexadecimal digits are one key. A radix sort of the keys follows, and
 * entries with the same key are sorted by their further places.
 */

import type { ByteTable } from './bytetable.ts'

/** Entries `order[from, to)` agree in their first `depth` bytes. */
type Range = readonly [from: number, to: number, depth: number]

/** So few are inserted one by one. */
const FEW = 24
/** What may stand at a place: its end, which comes first, or a byte. */
const SYMBOLS = 257
/** That a key may hold. */
const PLACES = 8
/** So many entries are looked at to guess which symbols there are. */
const SAMPLE = 8192

/** Entries of the table in byte order. */
export function sortEntries(table: ByteTable): Int32Array {
  const { size } = table
  const order = new Int32Array(size)
  for (let i = 0; i < size; i++) order[i] = i
  if (isSorted(table)) return order
  const spare =
    size > FEW ? { order: new Int32Array(size), keys: [new Uint32Array(size), new Uint32Array(size)] } : null
  // Not by calls of itself: how deep they would go is for whoever wrote the file to choose.
  const waiting: Range[] = [[0, size, 0]]
  for (let range = waiting.pop(); range; range = waiting.pop()) {
    const [from, to, depth] = range
    if (!spare || to - from <= FEW) sortFew(table, order, from, to, depth)
    else sortByKeys(table, order, spare, range, waiting)
  }
  return order
}

function isSorted(table: ByteTable): boolean {
  for (let i = 1; i < table.size; i++) if (compareEntries(table, i - 1, i, 0) > 0) return false
  return true
}

/** Places from `start` on: the codes of the symbols at each of them, -1 where none was seen, and how many codes each place has. Keys are below `size`. */
interface Key {
  readonly start: number
  readonly codes: Int32Array
  readonly counts: number[]
  size: number
}

function sortByKeys(
  table: ByteTable,
  order: Int32Array,
  spare: { order: Int32Array; keys: Uint32Array[] },
  range: Range,
  waiting: Range[],
): void {
  const [from, to] = range
  const count = to - from
  const first = order.subarray(from, to)
  let [keys, otherKeys] = spare.keys.map((of) => of.subarray(0, count)) as [Uint32Array, Uint32Array]
  let [entries, otherEntries] = [first, spare.order.subarray(0, count)]
  let key = keyOf(table, order, range, Math.ceil(count / SAMPLE))
  if (!fillKeys(table, key, entries, keys)) {
    key = keyOf(table, order, range, 1)
    fillKeys(table, key, entries, keys)
  }
  const bits = 32 - Math.clz32(key.size - 1)
  const digit = count < 4096 ? 8 : 11
  const starts = digitStarts(keys, bits, digit)
  for (let shift = 0; shift < bits; shift += digit) {
    sortByDigit(keys, entries, otherKeys, otherEntries, shift, starts[shift / digit]!)
    ;[keys, otherKeys, entries, otherEntries] = [otherKeys, keys, otherEntries, entries]
  }
  if (entries !== first) first.set(entries)
  for (let begin = 0; begin < count; ) {
    let end = begin + 1
    while (end < count && keys[end] === keys[begin]) end++
    if (end - begin > 1) waiting.push([from + begin, from + end, key.start + key.counts.length])
    begin = end
  }
}

/** As many places as fit, behind the bytes that all entries share. The symbols are those of every `step`th entry. */
function keyOf(table: ByteTable, order: Int32Array, [from, to, depth]: Range, step: number): Key {
  const start = depth + sharedBytes(table, order, from, to, depth)
  const seen = symbolsAt(table, order, from, to, start, step)
  const key: Key = { start, codes: seen, counts: [], size: 1 }
  for (let place = 0; place < PLACES; place++) {
    let count = 0
    for (let symbol = place * SYMBOLS; symbol < (place + 1) * SYMBOLS; symbol++)
      if (seen[symbol] === 0) seen[symbol] = count++
    if (key.size * count > 2 ** 32) break
    key.counts.push(count)
    key.size *= count
  }
  return key
}

/** How many bytes from `depth` on are the same in all entries. */
function sharedBytes(table: ByteTable, order: Int32Array, from: number, to: number, depth: number): number {
  const { arena, offsets } = table
  const first = offsets[order[from]!]! + depth
  let shared = offsets[order[from]! + 1]! - first
  for (let i = from + 1; i < to && shared > 0; i++) {
    const at = offsets[order[i]!]! + depth
    const end = Math.min(shared, offsets[order[i]! + 1]! - at)
    let same = 0
    while (same < end && arena[at + same] === arena[first + same]) same++
    shared = same
  }
  return shared
}

/** Which symbols stand at each place from `start` on: 0 for those that do, -1 for others. */
function symbolsAt(
  { arena, offsets }: ByteTable,
  order: Int32Array,
  from: number,
  to: number,
  start: number,
  step: number,
): Int32Array {
  const seen = new Int32Array(PLACES * SYMBOLS).fill(-1)
  for (let i = from; i < to; i += step) {
    const entry = order[i]!
    const at = offsets[entry]! + start
    const length = offsets[entry + 1]! - at
    for (let place = 0, base = 0; place < PLACES; place++, base += SYMBOLS)
      seen[base + (place < length ? arena[at + place]! + 1 : 0)] = 0
  }
  return seen
}

/** False where an entry has a symbol without a code. */
function fillKeys({ arena, offsets }: ByteTable, key: Key, entries: Int32Array, keys: Uint32Array): boolean {
  const { start, codes, counts } = key
  const places = counts.length
  const factors = Int32Array.from(counts)
  let all = 0
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!
    const at = offsets[entry]! + start
    const length = offsets[entry + 1]! - at
    let value = 0
    for (let place = 0, base = 0; place < places; place++, base += SYMBOLS) {
      const code = codes[base + (place < length ? arena[at + place]! + 1 : 0)]!
      all |= code
      value = (Math.imul(value, factors[place]!) + code) | 0
    }
    keys[i] = value
  }
  return all >= 0
}

/** Of each digit of `digit` bits: where keys with each of its values begin in the order by it. */
function digitStarts(keys: Uint32Array, bits: number, digit: number): Int32Array[] {
  const mask = (1 << digit) - 1
  const all = Array.from({ length: Math.ceil(bits / digit) }, () => new Int32Array(mask + 2))
  const [first, second, third, fourth] = all
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    if (first) first[(key & mask) + 1]!++
    if (second) second[((key >>> digit) & mask) + 1]!++
    if (third) third[((key >>> (2 * digit)) & mask) + 1]!++
    if (fourth) fourth[((key >>> (3 * digit)) & mask) + 1]!++
  }
  for (const starts of all) for (let d = 0; d < mask; d++) starts[d + 1]! += starts[d]!
  return all
}

function sortByDigit(
  keys: Uint32Array,
  entries: Int32Array,
  toKeys: Uint32Array,
  toEntries: Int32Array,
  shift: number,
  next: Int32Array,
): void {
  const mask = next.length - 2
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const to = next[(key >>> shift) & mask]!++
    toKeys[to] = key
    toEntries[to] = entries[i]!
  }
}

/** Insertion sort. */
function sortFew(table: ByteTable, order: Int32Array, from: number, to: number, depth: number): void {
  for (let i = from + 1; i < to; i++) {
    const entry = order[i]!
    let j = i
    while (j > from && compareEntries(table, order[j - 1]!, entry, depth) > 0) {
      order[j] = order[j - 1]!
      j--
    }
    order[j] = entry
  }
}

/** Of two entries that agree in their first `depth` bytes. */
function compareEntries({ arena, offsets }: ByteTable, a: number, b: number, depth: number): number {
  let i = offsets[a]! + depth
  let j = offsets[b]! + depth
  const iEnd = offsets[a + 1]!
  const jEnd = offsets[b + 1]!
  for (; i < iEnd && j < jEnd; i++, j++) {
    const difference = arena[i]! - arena[j]!
    if (difference !== 0) return difference
  }
  return iEnd - i - (jEnd - j)
}
