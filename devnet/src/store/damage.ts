/** Tells a record that a crash cut off, behind which there is nothing, from a file that was damaged in the middle. */
import { HEAD, unframe } from './frames.ts'

/** How each record starts: the numbers of ledger and time, and a hash; each field after its length. */
const NUMBER = Buffer.from([8, 0, 0, 0])
const HASH = Buffer.from([32, 0, 0, 0])
const FIELD = 4 + 8

/** The ledger of the first whole record that stands after a place which cannot be read, if there is one. */
export function recordAfter(file: Buffer, unreadable: number): number | undefined {
  for (let at = file.indexOf(NUMBER, unreadable + HEAD + 1); at >= 0; at = file.indexOf(NUMBER, at + 1)) {
    if (!NUMBER.equals(file.subarray(at + FIELD, at + FIELD + 4))) continue
    if (!HASH.equals(file.subarray(at + 2 * FIELD, at + 2 * FIELD + 4))) continue
    const length = file.readUInt32LE(at - HEAD)
    if (length <= 3 * FIELD || at + length > file.length) continue
    if (unframe(file.subarray(at - HEAD, at + length)).blobs.length === 1) return Number(file.readBigUInt64LE(at + 4))
  }
  return undefined
}
