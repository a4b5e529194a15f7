/** Which items a labeler's batch is about: everybody gets them in an order of its own that nobody chooses and anybody can recompute. */

import { type CreateHash, createSha256 } from '../canonical/sha256.ts'
import { utf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'
import { createProblems } from '../problems.ts'
import { readTable } from '../read/read.ts'
import { LIMITS } from '../shape.ts'
import { PROCESS_SEED } from '../table/bytetable.ts'
import { idTexts } from '../table/ids.ts'

/** A batch as the chain names it. */
export interface BatchName {
  readonly challenge: number
  /** Address of the labeler. */
  readonly labeler: string
  /** From 1; each attempt is about other items, also after a rejection. */
  readonly attempt: number
}

/**
 * The ids of a batch in the order of the labeler: all items sorted by SHA-256("stellartrain/batch" ‖ 0 ‖ challenge ‖ 0 ‖ labeler ‖ 0 ‖ id),
 * numbers in decimal, `size` of them for each attempt. The last batch is shorter; after it there is none.
 */
export function assignedIds(
  items: readonly string[],
  name: BatchName,
  size: number,
  createHash: CreateHash = createSha256,
): string[] {
  const first = (name.attempt - 1) * size
  return Array.from(orderOf(items, name, createHash).subarray(first, first + size), (at) => items[at]!)
}

/** Orders of the labelers who were asked for last: each costs a hash of every item, and a labeler takes many batches of a list. */
const ORDERS = 16
const known = new WeakMap<readonly string[], Map<string, Uint32Array>>()

function orderOf(items: readonly string[], { challenge, labeler }: BatchName, createHash: CreateHash): Uint32Array {
  const orders = known.get(items) ?? new Map<string, Uint32Array>()
  known.set(items, orders)
  const key = `${challenge}/${labeler}`
  const order = orders.get(key) ?? sortedBy(items, challenge, labeler, createHash)
  // Moved to the end: the first in the map is the one that was not asked for longest.
  orders.delete(key)
  orders.set(key, order)
  for (const old of orders.keys()) if (orders.size > ORDERS) orders.delete(old)
  return order
}

function sortedBy(items: readonly string[], challenge: number, labeler: string, createHash: CreateHash): Uint32Array {
  const prefix = utf8(`stellartrain/batch\0${challenge}\0${labeler}\0`)
  // One buffer instead of an object for each item: there may be a million.
  const keys = new Uint8Array(items.length * KEY)
  items.forEach((id, at) => {
    const hasher = createHash()
    hasher.update(prefix)
    hasher.update(utf8(id))
    keys.set(hasher.digest(), at * KEY)
  })
  const view = new DataView(keys.buffer)
  const order = Uint32Array.from(items, (_, at) => at)
  order.sort((a, b) => view.getUint32(a * KEY) - view.getUint32(b * KEY) || compareKeys(keys, a * KEY, b * KEY))
  return order
}

/** Bytes of a hash. */
const KEY = 32

function compareKeys(keys: Uint8Array, a: number, b: number): number {
  for (let i = 0; i < KEY; i++) if (keys[a + i] !== keys[b + i]) return keys[a + i]! - keys[b + i]!
  return 0
}

/** All ids of the published items, in the order of their bytes. Throws `GradeError` `shape_invalid` for a file that cannot be read. */
export function itemIds(items: Uint8Array, idColumn: string): string[] {
  const problems = createProblems()
  const plan = { idColumn, columns: [], extraColumns: 'ignore' as const, maxBytes: LIMITS.maxBytes, seed: PROCESS_SEED }
  const table = readTable(items, plan, problems)
  if (!table || problems.total > 0) {
    throw new GradeError('shape_invalid', `The file of the items cannot be used. ${problems.list[0]?.message ?? ''}`)
  }
  return idTexts(table.index, () => true, table.rows)
}
