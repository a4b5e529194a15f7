/**
 * The canonical form of a submission and its content hash, by which copies are found.
 *
 * Content hash = SHA-256(salt ‖ canonical form). The salt is 32 bytes and part of the truth. Integers are unsigned and little-endian,
 * "text" is a `u32` length in bytes followed by UTF-8. The canonical form is
 *
 * | bytes | what |
 * |---|---|
 * | `u32` | version of the form: 1 |
 * | `u32` | number of value columns (the id column does not count) |
 * | for each value column, in the order of the challenge's shape: `u8`, text | 0 for numbers (types number, integer, probability) or 1 for labels; its name |
 * | `u64` | number of rows |
 * | for each row, in the order of the ids' UTF-8 bytes, for each column in the same order | a number as float64, −0 written as 0; a label as text |
 * | only where units are paid per labeler: text | the labeler's address (`G…` or `C…`) |
 *
 * The ids themselves are not in it: every valid submission of a challenge has the same ones, so their order alone places each value.
 * Order of rows and columns in the file, line ends, quotes and the notation of numbers therefore do not change the hash.
 */

import type { ByteTable } from './bytetable.ts'
import { type Column, columnLength } from './columns.ts'
import { utf8 } from './csv/utf8.ts'
import { GradeError } from './errors.ts'
import { type CreateHash, createSha256, type Hasher } from './sha256.ts'
import type { ColumnShape } from './shape.ts'

export const CANONICAL_VERSION = 1
/** Bytes of a salt. */
export const SALT_BYTES = 32

export interface CanonicalInput {
  shape: readonly Pick<ColumnShape, 'name' | 'type'>[]
  /** In the order of `shape`, rows in the order of the ids' bytes. */
  columns: readonly Column[]
  /** Address of the labeler where each labeler's work counts for itself. */
  labeler?: string
}

/** The content hash as 64 hexadecimal digits. Throws `salt_invalid` unless the salt has 32 bytes. */
export function contentHash(salt: Uint8Array, input: CanonicalInput, createHash: CreateHash = createSha256): string {
  if (salt.length !== SALT_BYTES) {
    throw new GradeError('salt_invalid', `The salt must have ${SALT_BYTES} bytes, it has ${salt.length}.`)
  }
  const hasher = createHash()
  hasher.update(salt)
  writeCanonical(input, hasher)
  return toHex(hasher.digest())
}

/** Writes the canonical form, in pieces that are only valid during the call of `update`. */
export function writeCanonical({ shape, columns, labeler }: CanonicalInput, sink: Pick<Hasher, 'update'>): void {
  const out = createWriter(sink)
  const rows = columnLength(columns[0]!)
  out.u32(CANONICAL_VERSION)
  out.u32(columns.length)
  shape.forEach(({ name, type }) => {
    out.byte(type === 'label' ? 1 : 0)
    out.text(utf8(name))
  })
  out.u32(rows % 2 ** 32)
  out.u32(Math.floor(rows / 2 ** 32))
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!
      if (column.kind === 'number') out.float(column.values[row]!)
      else out.entry(column.labels, column.codes[row]!)
    }
  }
  if (labeler !== undefined) out.text(utf8(labeler))
  out.flush()
}

/** Gathers small writes into pieces of 64 KiB. */
function createWriter(sink: Pick<Hasher, 'update'>) {
  const bytes = new Uint8Array(65536)
  const view = new DataView(bytes.buffer)
  let used = 0
  const flush = (): void => {
    sink.update(bytes.subarray(0, used))
    used = 0
  }
  const room = (count: number): void => {
    if (used + count > bytes.length) flush()
  }
  const u32 = (value: number): void => {
    room(4)
    view.setUint32(used, value, true)
    used += 4
  }
  return {
    flush,
    u32,
    byte(value: number): void {
      room(1)
      bytes[used++] = value
    },
    float(value: number): void {
      room(8)
      // Adding 0 turns −0 into 0.
      view.setFloat64(used, value + 0, true)
      used += 8
    },
    text(text: Uint8Array): void {
      u32(text.length)
      if (text.length > bytes.length) {
        flush()
        sink.update(text)
        return
      }
      room(text.length)
      bytes.set(text, used)
      used += text.length
    },
    /** A label, of at most `LIMITS.maxFieldBytes` bytes; without a view of it, since this runs for every row. */
    entry(labels: ByteTable, code: number): void {
      const start = labels.offsets[code]!
      const length = labels.offsets[code + 1]! - start
      room(length + 4)
      view.setUint32(used, length, true)
      used += 4
      const { arena } = labels
      for (let i = 0; i < length; i++) bytes[used++] = arena[start + i]!
    },
  }
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Throws `salt_invalid`: salts are the only hexadecimal input of the engine. */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new GradeError('salt_invalid', 'The salt is not hexadecimal.')
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
