/** Sorts the entries of a byte table by their bytes: a radix sort from the first byte on. */

import { type ByteTable, entryBytes } from './bytetable.ts'
import { compareBytes } from './csv/utf8.ts'

/** Entries of the table in byte order. */
export function sortEntries(table: ByteTable): Int32Array {
  const order = Int32Array.from({ length: table.size }, (_, i) => i)
  if (!isSorted(table)) sortRange(table, order, new Int32Array(table.size), 0, table.size, 0)
  return order
}

function isSorted(table: ByteTable): boolean {
  for (let i = 1; i < table.size; i++)
    if (compareBytes(entryBytes(table, i - 1), entryBytes(table, i)) > 0) return false
  return true
}

/** Sorts `order[from, to)`, whose entries agree in their first `depth` bytes. */
function sortRange(
  table: ByteTable,
  order: Int32Array,
  spare: Int32Array,
  from: number,
  to: number,
  depth: number,
): void {
  const { arena, offsets } = table
  // Bucket 0 holds what ends here, so that a shorter text comes first.
  const starts = new Int32Array(258)
  const bucketOf = (entry: number): number => {
    const at = offsets[entry]! + depth
    return at < offsets[entry + 1]! ? arena[at]! + 1 : 0
  }
  for (let i = from; i < to; i++) starts[bucketOf(order[i]!) + 1]!++
  for (let b = 0; b < 257; b++) starts[b + 1]! += starts[b]!
  const next = starts.slice()
  for (let i = from; i < to; i++) {
    const entry = order[i]!
    spare[from + next[bucketOf(entry)]!++] = entry
  }
  order.set(spare.subarray(from, to), from)
  for (let b = 1; b < 257; b++) {
    const begin = from + starts[b]!
    const end = from + starts[b + 1]!
    if (end - begin > 24) sortRange(table, order, spare, begin, end, depth + 1)
    else if (end - begin > 1) sortFew(table, order, begin, end)
  }
}

/** Insertion sort for a few entries. */
function sortFew(table: ByteTable, order: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const entry = order[i]!
    let j = i
    while (j > from && compareEntries(table, order[j - 1]!, entry) > 0) {
      order[j] = order[j - 1]!
      j--
    }
    order[j] = entry
  }
}

function compareEntries(table: ByteTable, a: number, b: number): number {
  const { arena, offsets } = table
  let i = offsets[a]!
  let j = offsets[b]!
  const iEnd = offsets[a + 1]!
  const jEnd = offsets[b + 1]!
  for (; i < iEnd && j < jEnd; i++, j++) {
    const difference = arena[i]! - arena[j]!
    if (difference !== 0) return difference
  }
  return iEnd - i - (jEnd - j)
}
