/** Text ids, by row or in the order of their arrival. */

import { addEntry, type ByteTable, createByteTable, entryBytes, findEntry } from './bytetable.ts'
import { sortEntries } from './sortentries.ts'

export interface TextIds {
  /** How many there are. */
  readonly size: number
  /** The number of an id, or -1: as many as there are before it. */
  find(bytes: Uint8Array, start: number, end: number): number
  /** Adds the id of a row, after those of all rows before; false if it is known to stand in an earlier one. */
  add(bytes: Uint8Array, start: number, end: number, row: number): boolean
  /** The id of a number. */
  bytes(entry: number): Uint8Array
  /** Further rows whose id stands in an earlier one. */
  repeated(): Int32Array
  /** The place of each id in the order of their bytes, and further rows whose id stands in an earlier one: with such, places mean nothing. */
  ranks(): { readonly ranks: Int32Array; readonly repeated: Int32Array }
}

/** In a table of JavaScript. */
export interface ByteIds extends TextIds {
  readonly table: ByteTable
}

export function createByteIds(seed: number): ByteIds {
  const table = createByteTable(seed)
  const none = new Int32Array(0)
  return {
    table,
    get size() {
      return table.size
    },
    find: (bytes, start, end) => findEntry(table, bytes, start, end),
    add(bytes, start, end) {
      const known = table.size
      return addEntry(table, bytes, start, end) === known
    },
    bytes: (entry) => entryBytes(table, entry),
    repeated: () => none,
    ranks() {
      const order = sortEntries(table)
      const ranks = new Int32Array(table.size)
      for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank
      return { ranks, repeated: none }
    },
  }
}
