/**
 * How much of an epoch's list each kind of entry may take: a list that is larger than lists may be is posted by nobody, so neither
 * decisions nor appeals without end may keep batches from being paid.
 */
import { WORK_MAX_BYTES } from '@stellartrain/ipfs-content/work'

/** Decisions, and as much again for appeals: half of a list is left to batches. */
export const KIND_MAX_BYTES = WORK_MAX_BYTES / 4
/** What stands in a list beside its entries, in bytes, and more. */
const HEAD_BYTES = 16 * 1024
/** Of each line of an entry, and of the comma behind it. */
const INDENT = '    '.length

/** Bytes of an entry in an encoded list. */
export function entryBytes(entry: unknown): number {
  const text = JSON.stringify(entry, null, 2)
  return Buffer.byteLength(text) + INDENT * text.split('\n').length + ',\n'.length
}

/** The first of `entries` that fit into so many bytes, at most `most` of them. */
export function fitting<T>(entries: Iterable<T>, bytes: number, most: number): { taken: T[]; bytes: number } {
  const taken: T[] = []
  let used = 0
  for (const entry of entries) {
    const size = entryBytes(entry)
    if (taken.length >= most || used + size > bytes) break
    taken.push(entry)
    used += size
  }
  return { taken, bytes: used }
}

/** What decisions and appeals of so many bytes leave to batches. */
export const roomForBatches = (used: number): number => WORK_MAX_BYTES - HEAD_BYTES - used
