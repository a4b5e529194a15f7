/** The rows that two truths have in common: where an id of one is an id of the other. */

import { utf8 } from '../csv/utf8.ts'
import { findId, type IdIndex } from '../table/ids.ts'

/** Row `one[i]` of the one truth and row `other[i]` of the other have the same id; in the order of the ids. */
export interface CommonRows {
  readonly one: Int32Array
  readonly other: Int32Array
}

export function commonRows(one: IdIndex, other: IdIndex): CommonRows {
  const partners = new Int32Array(one.size).fill(-1)
  let count = 0
  for (let slot = 0; slot < one.ranks.length; slot++) {
    const row = one.ranks[slot]!
    const partner = row < 0 ? -1 : partnerOf(one, slot, other)
    if (partner < 0) continue
    partners[row] = partner
    count++
  }
  const rows = { one: new Int32Array(count), other: new Int32Array(count) }
  let at = 0
  for (const [row, partner] of partners.entries()) {
    if (partner < 0) continue
    rows.one[at] = row
    rows.other[at++] = partner
  }
  return rows
}

/** The other's row of an id, or -1. */
function partnerOf(one: IdIndex, slot: number, other: IdIndex): number {
  if (one.kind === 'decimal' && other.kind === 'decimal') return other.ranks[slot] ?? -1
  const id = one.kind === 'decimal' ? utf8(String(slot)) : one.table.bytes(slot)
  return other.ranks[findId(other, id, 0, id.length)] ?? -1
}
