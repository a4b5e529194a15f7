/** Numbers distinct byte strings in the order of their arrival: the dictionary behind labels and text ids. */

import { utf8, utf8Text } from '../csv/utf8.ts'

/** Entry `i` is `arena[offsets[i], offsets[i + 1])`. */
export interface ByteTable {
  size: number
  arena: Uint8Array
  /** The arena, to be read in words. */
  words: DataView
  offsets: Int32Array
  /** Open addressing in pairs: a hash, and its entry + 1 or 0 where the pair is free. A power of two of pairs, at most half of them taken. */
  slots: Int32Array
  /** Makes the hash unpredictable to who writes a file, a truth as well as a submission: colliding texts cannot be prepared. */
  readonly seed: number
}

/** Another one in each process. Nothing that is computed depends on it but the time that it takes. */
export const PROCESS_SEED = crypto.getRandomValues(new Int32Array(1))[0]!

/**
 * What the hash is keyed with, other numbers in each process, two for each word of four bytes. Of any two texts, who does not know them can
 * do no better than to let them collide in one process of tens of thousands.
 */
const KEYS = crypto.getRandomValues(new Int32Array(128))
/** Odd; what all words so far are multiplied by where a text has more of them than there are keys. */
export const STRETCH = (crypto.getRandomValues(new Int32Array(1))[0]! & ~3) | 3

export function createByteTable(seed = PROCESS_SEED): ByteTable {
  const arena = new Uint8Array(1024)
  return {
    size: 0,
    arena,
    words: wordsOf(arena),
    offsets: new Int32Array(65),
    slots: new Int32Array(256),
    seed,
  }
}

/** The same bytes, to be read in words. */
export const wordsOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/** A copy to which entries can be added without a trace in the original. Written out, so that both have the same layout in memory. */
export function copyByteTable({ size, arena, offsets, slots, seed }: ByteTable): ByteTable {
  const copy = arena.slice()
  return { size, arena: copy, words: wordsOf(copy), offsets: offsets.slice(), slots: slots.slice(), seed }
}

/** The number of a byte string, or -1. */
export const findEntry = (table: ByteTable, bytes: Uint8Array, start: number, end: number): number =>
  findHashed(table, hashBytes(bytes, start, end, table.seed), bytes, start, end)

/** The same where the hash is known. */
export function findHashed(table: ByteTable, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const { slots } = table
  const mask = slots.length - 1
  for (let at = (hash << 1) & mask; ; at = (at + 2) & mask) {
    const entry = slots[at + 1]! - 1
    if (entry < 0) return -1
    if (slots[at] === hash && entryEquals(table, entry, bytes, start, end)) return entry
  }
}

/**
 * Reads where the first `count` hashes point, for look-ups that follow. Each look-up waits for memory that no cache holds, and decides by
 * what it gets; without decisions between them the processor waits for all at once.
 */
export function loadSlots({ slots }: ByteTable, hashes: Int32Array, count: number): void {
  const mask = slots.length - 1
  let seen = 0
  for (let i = 0; i < count; i++) seen |= slots[(hashes[i]! << 1) & mask]!
  loaded = seen
}

/** The first entry of each hash, most likely the one that is looked for, or -1; its bytes are loaded to be compared. */
export function guessHashed(table: ByteTable, hashes: Int32Array, entries: Int32Array, count: number): void {
  const { slots, offsets, arena } = table
  const mask = slots.length - 1
  for (let i = 0; i < count; i++) {
    const hash = hashes[i]!
    let at = (hash << 1) & mask
    while (slots[at + 1] !== 0 && slots[at] !== hash) at = (at + 2) & mask
    entries[i] = slots[at + 1]! - 1
  }
  let seen = 0
  for (let i = 0; i < count; i++) seen |= offsets[entries[i]! + 1]!
  for (let i = 0; i < count; i++) seen |= arena[offsets[Math.max(entries[i]!, 0)]!]!
  loaded = seen
}

/** What is read ahead must go somewhere. */
export let loaded = 0

/** The number of a byte string, which is `table.size` before the call if it is new. */
export const addEntry = (table: ByteTable, bytes: Uint8Array, start: number, end: number): number =>
  addHashed(table, hashBytes(bytes, start, end, table.seed), bytes, start, end)

/** The same where the hash is known. */
export function addHashed(table: ByteTable, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const found = findHashed(table, hash, bytes, start, end)
  if (found >= 0) return found
  const entry = table.size
  const from = table.offsets[entry]!
  const to = from + (end - start)
  reserveEntry(table, to)
  const { arena } = table
  for (let i = start, j = from; i < end; i++, j++) arena[j] = bytes[i]!
  table.offsets[entry + 1] = to
  table.size++
  placeEntry(table.slots, hash, entry)
  return entry
}

/** Makes room for one more entry, whose bytes end at `to`, and for three bytes behind them. */
export function reserveEntry(table: ByteTable, to: number): void {
  if (table.size + 2 > table.offsets.length) growEntries(table, table.size * 2)
  if (to + 3 > table.arena.length) growArena(table, Math.max(to + 3, table.arena.length * 2))
}

function growArena(table: ByteTable, length: number): void {
  const arena = new Uint8Array(length)
  arena.set(table.arena)
  table.arena = arena
  table.words = wordsOf(arena)
}

export const addText = (table: ByteTable, text: string): number => {
  const bytes = utf8(text)
  return addEntry(table, bytes, 0, bytes.length)
}

export const findText = (table: ByteTable, text: string): number => {
  const bytes = utf8(text)
  return findEntry(table, bytes, 0, bytes.length)
}

export const entryBytes = (table: ByteTable, entry: number): Uint8Array =>
  table.arena.subarray(table.offsets[entry], table.offsets[entry + 1])

export const entryText = (table: ByteTable, entry: number): string => utf8Text(entryBytes(table, entry))

/**
 * A sum over the words of a text, each of them the product of its halves after keys were added to them (NH of UMAC, with halves that are never
 * 0), and a last mix, since only the low bits choose the slot.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  const whole = end - 3
  let sum = seed ^ (end - start)
  let key = 0
  let i = start
  for (; i < whole; i += 4) {
    sum = addWord(sum, bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24), key)
    key = (key + 2) & 127
    if (key === 0) sum = Math.imul(sum, STRETCH)
  }
  let rest = 0
  for (let shift = 0; i < end; i++, shift += 8) rest |= bytes[i]! << shift
  return mix(addWord(sum, rest, key))
}

/**
 * Adds a word to the sum of a hash, which is rotated before. Words that differ in one high bit give products that differ in high bits
 * alone; without the rotation all sums of such words would be the same below, and the texts share a few thousand hashes.
 */
export const addWord = (sum: number, word: number, key: number): number =>
  (((sum << 13) | (sum >>> 19)) +
    Math.imul(((word + KEYS[key]!) & 0xffff) | 0x10000, (((word >>> 16) + KEYS[key + 1]!) & 0xffff) | 0x10000)) |
  0

/** The hash of a sum: numbers that differ stay so. */
export function mix(sum: number): number {
  const hash = Math.imul(sum ^ (sum >>> 16), 0x21f0aaad)
  const more = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return more ^ (more >>> 15)
}

/** Whether an entry is this byte string. */
export function entryEquals(table: ByteTable, entry: number, bytes: Uint8Array, start: number, end: number): boolean {
  const { arena, offsets } = table
  let j = offsets[entry]!
  if (offsets[entry + 1]! - j !== end - start) return false
  for (let i = start; i < end; i++, j++) if (arena[j] !== bytes[i]) return false
  return true
}

export function placeEntry(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1
  let at = (hash << 1) & mask
  while (slots[at + 1] !== 0) at = (at + 2) & mask
  slots[at] = hash
  slots[at + 1] = entry + 1
}

/** Makes room for as many entries as are expected, and for their bytes, so that a table need not grow on the way there. */
export function expectEntries(table: ByteTable, count: number, bytes: number): void {
  if (count < table.offsets.length) return
  growEntries(table, count)
  growArena(table, bytes)
}

function growEntries(table: ByteTable, expected: number): void {
  const capacity = 2 ** Math.ceil(Math.log2(expected))
  const offsets = new Int32Array(capacity + 1)
  offsets.set(table.offsets)
  const slots = new Int32Array(capacity * 4)
  const old = table.slots
  for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) placeEntry(slots, old[at]!, old[at + 1]! - 1)
  table.offsets = offsets
  table.slots = slots
}
