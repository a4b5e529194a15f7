/** Loads the inner loops of `oracle/grade/kernel` (Rust): each instance has a memory of its own, which is shared with JavaScript. */

import { type Global, type Memory, wasm } from '../program/api.ts'
import { MODULE } from './generated/module.ts'

/** What the module exports. Addresses and counts are unsigned. */
interface Exports {
  readonly memory: Memory & { grow(pages: number): number }
  readonly __heap_base: Global
  address(part: number): number
  scan(from: number, most: number, width: number): number
  remember(field: number, at: number, length: number, code: number): void
  forget(fields: number): void
  open(records: number): void
  size(): number
  next(): number
  hash_one(length: number): number
  find_one(length: number): number
  append_one(length: number, row: number): void
  find_rows(count: number): void
  append_rows(count: number, firstRow: number): void
  index(slots: number, count: number): void
  repeats_room(): number
  repeats(room: number, repeated: number): number
  list(records: number): void
  sort_room(entries: number): number
  sort(records: number, room: number): number
  sorted_found(): number
  sorted_repeated(): number
  /** Of counts and addresses, in the order of `kernel/src/expectation.rs`. */
  expect(...parts: number[]): number
  count_errors(...parts: number[]): void
}

/** Rows of a block. */
export const ROWS = 2048
/** The most columns of a file. */
export const FIELDS = 32
/** Bytes of a file that are looked at together. */
export const WINDOW = 65536
/** Bytes of the longest field. */
export const LONGEST = 4096
/** Bytes that are read behind a text. */
export const MARGIN = 64

/** What a field of a row is. */
export const KIND = { ignored: 0, label: 1, number: 2, integer: 3, textId: 4, decimalId: 5 } as const
/** Bytes of a field's description: its kind, and from 8 on the smallest and the largest number. */
const FIELD = 24

const PARTS = [
  'window',
  'scratch',
  'fields',
  'values',
  'pending',
  'starts',
  'lengths',
  'slots',
  'consumed',
  'keys',
] as const

export interface Kernel {
  readonly exports: Exports
  readonly at: Readonly<Record<(typeof PARTS)[number], number>>
  /** Of the memory as it is: another one once it has grown. */
  view: MemoryView
}

/** The memory, typed. */
export interface MemoryView {
  readonly bytes: Uint8Array
  readonly data: DataView
  /** Of each row of a block: its decimal id, or the row of the truth that its id is found in. */
  readonly slots: Int32Array
  /** Row, field, start and end of each value that was left. */
  readonly pending: Uint32Array
  /** How far the last scan came, and how many values it left. */
  readonly consumed: Uint32Array
}

/** Nobody who writes a file can know them. */
const KEYS = crypto.getRandomValues(new Uint32Array(LONGEST / 4 + 2))

let module: object | null | undefined

/** Another instance; undefined where WebAssembly cannot be had, as under a policy that forbids it or where no more memory can be reserved. */
export function openKernel(): Kernel | undefined {
  if (module === undefined) module = compile()
  if (!module) return undefined
  const exports = instantiate(module)
  if (!exports) return undefined
  const at = Object.fromEntries(PARTS.map((part, i) => [part, exports.address(i)])) as Kernel['at']
  const kernel = { exports, at, view: viewOf(exports, at) }
  new Uint32Array(exports.memory.buffer, at.keys, KEYS.length).set(KEYS)
  return kernel
}

function compile(): object | null {
  try {
    return new wasm.Module(Uint8Array.from(atob(MODULE), (character) => character.charCodeAt(0)))
  } catch {
    return null
  }
}

function instantiate(compiled: object): Exports | undefined {
  try {
    return new wasm.Instance(compiled).exports as Exports
  } catch {
    return undefined
  }
}

let scanner: Kernel | undefined

/** One for all files whose ids need no table: whoever reads describes the fields anew. */
export function sharedKernel(): Kernel | undefined {
  scanner ??= openKernel()
  return scanner
}

const viewOf = ({ memory: { buffer } }: Exports, at: Kernel['at']): MemoryView => ({
  bytes: new Uint8Array(buffer),
  data: new DataView(buffer),
  slots: new Int32Array(buffer, at.slots, ROWS),
  pending: new Uint32Array(buffer, at.pending, ROWS * 4),
  consumed: new Uint32Array(buffer, at.consumed, 2),
})

/** Has memory up to `end`, whose views are others if it had to grow. */
export function reserveMemory(kernel: Kernel, end: number): void {
  const { memory } = kernel.exports
  const missing = end - memory.buffer.byteLength
  if (missing <= 0) return
  memory.grow(Math.ceil(missing / 65536))
  kernel.view = viewOf(kernel.exports, kernel.at)
}

/** Says what a field of a row is. */
export function describeField({ view, at }: Kernel, place: number, kind: number, min = 0, max = 0): void {
  const from = at.fields + place * FIELD
  view.data.setUint32(from, kind, true)
  view.data.setFloat64(from + 8, min, true)
  view.data.setFloat64(from + 16, max, true)
}

/** The values of a block's field, in steps of eight bytes. */
export const numbersOf = ({ view, at }: Kernel, place: number): Float64Array =>
  new Float64Array(view.bytes.buffer, at.values + place * ROWS * 8, ROWS)
/** The codes of a block's field: every second of these. */
export const codesOf = ({ view, at }: Kernel, place: number): Int32Array =>
  new Int32Array(view.bytes.buffer, at.values + place * ROWS * 8, ROWS * 2)
