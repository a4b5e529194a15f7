/** Checksums of frames are those of the reference implementation of Zstandard, which Node has. */

import { constants, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Damaged } from '../damaged.ts'
import { unzstd } from './frame.ts'
import { xxh64Low } from './xxhash.ts'

const summed = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } }))

/** Bytes of all values, the same each time. */
const noise = (length: number, step: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, step) >>> 13) & 255)

test('of every length up to 200, and of longer ones', () => {
  for (const length of [...Array(200).keys(), 1023, 65_536, 1_000_003]) {
    const bytes = noise(length, 0x9e3779b1 + length)
    const frame = summed(bytes)
    const stated = new DataView(frame.buffer).getUint32(frame.length - 4, true)
    // From another place in memory, too.
    const moved = new Uint8Array(length + 7)
    moved.set(bytes, 5)
    expect([length, xxh64Low(bytes, 0, length), xxh64Low(moved, 5, 5 + length)]).toEqual([length, stated, stated])
  }
})

test('a frame whose checksum differs is damaged, and one that is right is read', () => {
  const bytes = noise(5000, 77)
  const frame = summed(bytes)
  expect(unzstd(frame, 10_000)).toEqual(bytes)
  for (const at of [1, 2, 3, 4]) {
    const other = frame.slice()
    other[frame.length - at]! ^= 1
    expect(() => unzstd(other, 10_000)).toThrow(Damaged)
  }
  expect(() => unzstd(frame.subarray(0, -1), 10_000)).toThrow(Damaged)
})
