/** Cells that hold a list: items as small numbers, and the sets that they make. */

import { addEntry, type ByteTable } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'

const SPACE = 32

/** Lists of item codes, one for each distinct cell of a column: that of row `i` is `items[starts[codes[i]], starts[codes[i] + 1])`. */
export interface Lists {
  readonly codes: LabelColumn['codes']
  readonly starts: Int32Array
  readonly items: Int32Array
}

/** Splits the cells of a column of type `list`; `table` numbers the items, and may be shared between columns. */
export function listsOf(column: Column, table: ByteTable): Lists {
  const { codes, labels } = column as LabelColumn
  const { arena, offsets, size } = labels
  const starts = new Int32Array(size + 1)
  // Each item but the last of a cell has a space behind it.
  const items = new Int32Array((offsets[size]! >> 1) + size + 1)
  let count = 0
  for (let entry = 0; entry < size; entry++) {
    const end = offsets[entry + 1]!
    let from = offsets[entry]!
    while (from < end) {
      let to = from
      while (to < end && arena[to] !== SPACE) to++
      items[count++] = addEntry(table, arena, from, to)
      from = to + 1
    }
    starts[entry + 1] = count
  }
  return { codes, starts, items: items.subarray(0, count) }
}

/** The same with each item once, ascending: as sets. */
export function setsOf(column: Column, table: ByteTable): Lists {
  const { codes, starts, items } = listsOf(column, table)
  const setStarts = new Int32Array(starts.length)
  const sets = new Int32Array(items.length)
  let count = 0
  for (let entry = 0; entry + 1 < starts.length; entry++) {
    const list = items.slice(starts[entry], starts[entry + 1]).sort()
    for (let i = 0; i < list.length; i++) if (i === 0 || list[i] !== list[i - 1]) sets[count++] = list[i]!
    setStarts[entry + 1] = count
  }
  return { codes, starts: setStarts, items: sets.subarray(0, count) }
}

/** How many items two sets share. */
export function sharedItems(a: Lists, rowA: number, b: Lists, rowB: number): number {
  let i = a.starts[a.codes[rowA]!]!
  let j = b.starts[b.codes[rowB]!]!
  const iEnd = a.starts[a.codes[rowA]! + 1]!
  const jEnd = b.starts[b.codes[rowB]! + 1]!
  let shared = 0
  while (i < iEnd && j < jEnd) {
    const difference = a.items[i]! - b.items[j]!
    if (difference === 0) shared++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return shared
}

export const listLength = ({ codes, starts }: Lists, row: number): number =>
  starts[codes[row]! + 1]! - starts[codes[row]!]!
