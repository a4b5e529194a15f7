/**
 * The canonical form of a table and the content hash, by which copies are found.
 *
 * Content hash = SHA-256(salt ‖ canonical form). The salt is 32 bytes and part of the truth. Integers are unsigned and little-endian,
 * "text" is a `u32` length in bytes followed by UTF-8. Each form begins with its version, a `u32`: 1 and 2 are this file's, 3 a file
 * without columns and 4 nested labels (`canonicalfile.ts`), 5 a truth (`canonicaltruth.ts`). The canonical form of a table is
 *
 * | bytes | what |
 * |---|---|
 * | `u32` | version of the form: 1, or 2 for a batch of labels |
 * | `u32` | number of value columns (the id column does not count) |
 * | for each value column, in the order of the challenge's shape: `u8`, text | 0 for numbers (types number, integer, probability) or 1 for labels and other texts; its name |
 * | `u64` | number of rows |
 * | for each row, in the order of the ids' UTF-8 bytes: only in version 2, text | the id |
 * | then for each column in the same order | a number as float64, −0 written as 0; a label or other text as text |
 * | only where units are paid per labeler: text | the labeler's address (`G…` or `C…`) |
 *
 * In version 1 the ids themselves are not in it: every valid submission of a challenge has the same ones, so their order alone places
 * each value. Batches of labels are about different items, so version 2 has them.
 * Order of rows and columns in the file, line ends, quotes and the notation of numbers therefore do not change the hash.
 */

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { utf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'
import { type ColumnShape, isCell } from '../shape.ts'
import type { ByteTable } from '../table/bytetable.ts'
import { type Column, columnLength, type LabelColumn } from '../table/columns.ts'
import { createWriter, type Sink, type Writer } from './canonicalwriter.ts'
import { type CreateHash, createSha256 } from './sha256.ts'

export const CANONICAL_VERSION = 1
/** With ids. */
export const BATCH_CANONICAL_VERSION = 2
/** Bytes of a salt. */
export const SALT_BYTES = 32

export interface CanonicalInput {
  shape: readonly Pick<ColumnShape, 'name' | 'type'>[]
  /** In the order of `shape`, rows in the order of the ids' bytes. */
  columns: readonly Column[]
  /** Of each row, where submissions have different ids. */
  ids?: readonly string[]
  /** Address of the labeler where each labeler's work counts for itself. */
  labeler?: string
}

/** The content hash of a table as 64 hexadecimal digits; `form` receives the canonical form, too. Throws `salt_invalid`. */
export function contentHash(salt: Uint8Array, input: CanonicalInput, createHash?: CreateHash, form?: Sink): string {
  return hashForm(salt, (sink) => writeCanonical(input, sink), createHash, form)
}

/** The content hash of any canonical form, as `write` writes it. Throws `salt_invalid` unless the salt has 32 bytes. */
export function hashForm(
  salt: Uint8Array,
  write: (sink: Sink) => void,
  createHash: CreateHash = createSha256,
  form?: Sink,
): string {
  if (salt.length !== SALT_BYTES) {
    throw new GradeError('salt_invalid', `The salt must have ${SALT_BYTES} bytes, it has ${salt.length}.`)
  }
  const hasher = createHash()
  hasher.update(salt)
  write(form ? both(hasher, form) : hasher)
  return toHex(hasher.digest())
}

const both = (one: Sink, two: Sink): Sink => ({
  update(bytes) {
    one.update(bytes)
    two.update(bytes)
  },
})

/** Writes the canonical form, in pieces that are only valid during the call of `update`. */
export function writeCanonical({ shape, columns, ids, labeler }: CanonicalInput, sink: Sink): void {
  const out = createWriter(sink)
  writeTable({ version: ids ? BATCH_CANONICAL_VERSION : CANONICAL_VERSION, shape, columns, ids }, out, sink)
  if (labeler !== undefined) out.text(utf8(labeler))
  out.flush()
}

/** Everything before the labeler; `out` writes into `sink`. */
export function writeTable(
  table: { version: number } & Pick<CanonicalInput, 'shape' | 'columns'> & { ids?: readonly string[] | undefined },
  out: Writer,
  sink: Sink,
): void {
  const { version, shape, columns, ids } = table
  const rows = columnLength(columns[0]!)
  out.u32(version)
  out.u32(columns.length)
  shape.forEach(({ name, type }) => {
    out.byte(type === 'label' || isCell(type) ? 1 : 0)
    out.text(utf8(name))
  })
  out.u32(rows % 2 ** 32)
  out.u32(Math.floor(rows / 2 ** 32))
  const only = columns[0]!
  if (ids) {
    const writers = columns.map((column) => cellWriter(column, out))
    for (let row = 0; row < rows; row++) {
      out.text(utf8(ids[row]!))
      for (const write of writers) write(row)
    }
  } else if (columns.length === 1 && only.kind === 'number' && isLittleEndian && !hasNegativeZero(only.values)) {
    // One column of numbers lies in memory just as it is written.
    out.flush()
    sink.update(new Uint8Array(only.values.buffer, only.values.byteOffset, only.values.byteLength))
  } else if (columns.length === 1 && only.kind === 'label') {
    out.flush()
    writeLabels(only, sink)
  } else {
    const writers = columns.map((column) => cellWriter(column, out))
    for (let row = 0; row < rows; row++) for (const write of writers) write(row)
  }
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function hasNegativeZero(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === 0 && 1 / values[i]! < 0) return true
  return false
}

/** Writes one cell of a column. Labels get their lengths in front once, not once a row. */
function cellWriter(column: Column, out: Writer): (row: number) => void {
  if (column.kind === 'number') return (row) => out.float(column.values[row]!)
  const { texts, starts } = prefixed(column.labels)
  const { codes } = column
  return (row) => out.copy(texts, starts[codes[row]!]!, starts[codes[row]! + 1]!)
}

/** All labels of a table as they are written, text after text, with three bytes to spare. */
function prefixed({ size, offsets, arena }: ByteTable): { texts: Uint8Array; starts: Int32Array } {
  const texts = new Uint8Array(offsets[size]! + 4 * size + 3)
  const view = new DataView(texts.buffer)
  const starts = new Int32Array(size + 1)
  for (let code = 0, at = 0; code < size; code++) {
    const text = arena.subarray(offsets[code], offsets[code + 1])
    view.setUint32(at, text.length, true)
    texts.set(text, at + 4)
    at += 4 + text.length
    starts[code + 1] = at
  }
  return { texts, starts }
}

/** The one column of most classifications, in a loop without calls, four bytes at a time. */
function writeLabels({ codes, labels }: LabelColumn, sink: Sink): void {
  const { texts, starts } = prefixed(labels)
  const from = new DataView(texts.buffer)
  let longest = 0
  for (let code = 0; code < labels.size; code++) longest = Math.max(longest, starts[code + 1]! - starts[code]!)
  const piece = new Uint8Array(65536 + 8 + longest)
  const to = new DataView(piece.buffer)
  let used = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    const end = starts[code + 1]!
    // Up to three bytes too many are written, and overwritten by the next label.
    for (let i = starts[code]!, at = used; i < end; i += 4, at += 4) to.setUint32(at, from.getUint32(i))
    used += end - starts[code]!
    if (used >= 65536) {
      sink.update(piece.subarray(0, used))
      used = 0
    }
  }
  sink.update(piece.subarray(0, used))
}

export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes)

/** Throws `salt_invalid`: salts are the only hexadecimal input of the engine. */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new GradeError('salt_invalid', 'The salt is not hexadecimal.')
  return hexToBytes(hex)
}
