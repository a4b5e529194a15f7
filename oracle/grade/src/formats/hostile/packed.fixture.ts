/** Hostile and damaged files of gzip and Zstandard. */

import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { type Case, join, MIB, only, utf8 } from './common.fixture.ts'

const csv = utf8('id,p,label\n1,0.5,cat\n')
const gz = new Uint8Array(gzipSync(csv))
const zst = new Uint8Array(zstdCompressSync(csv))
export const changed = (bytes: Uint8Array, at: number, to: number): Uint8Array => {
  const copy = bytes.slice()
  copy[at < 0 ? copy.length + at : at] = to
  return copy
}
const wrong = ['bad_compression', null, null] as const
export const large = ['unpacks_too_large', null, null] as const
const raw = (...bits: readonly number[]): Uint8Array => join([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], bits)
export const zeros = (count: number): Uint8Array => new Uint8Array(count)
/** A frame of Zstandard whose window is 8 MiB. */
export const frame = (...blocks: readonly (readonly number[])[]): Uint8Array =>
  join([0x28, 0xb5, 0x2f, 0xfd, 0, 0x68], ...blocks)
const block = (kind: number, size: number, body: readonly number[], last = true): number[] => {
  const head = (last ? 1 : 0) | (kind << 1) | (size << 3)
  return [head & 255, (head >> 8) & 255, (head >> 16) & 255, ...body]
}
export const repeated = (count: number, byte: number): number[][] =>
  Array.from({ length: count }, (_, at) => block(1, 131072, [byte], at === count - 1))

export const packed: readonly Case[] = [
  ['gzip', gz, 'fine'],
  ['two members', join(gzipSync(csv.subarray(0, 4)), gzipSync(csv.subarray(4))), 'fine'],
  ['a name and a comment', join([0x1f, 0x8b, 8, 0x18, 0, 0, 0, 0, 0, 3], utf8('a\0b\0'), gz.subarray(10)), 'fine'],
  ['gzip, cut off', gz.subarray(0, -9), wrong],
  ['gzip without its end', gz.subarray(0, -8), wrong],
  ['gzip, its magic alone', gz.subarray(0, 2), wrong],
  ['gzip, its header alone', gz.subarray(0, 10), wrong],
  ['gzip with another checksum', changed(gz, -8, gz.at(-8)! ^ 1), wrong],
  ['gzip with another length', changed(gz, -4, gz.at(-4)! ^ 1), wrong],
  ['gzip with something behind it', join(gz, [0]), wrong],
  ['gzip with text behind it', join(gz, csv), wrong],
  ['gzip of another method', changed(gz, 2, 7), wrong],
  ['gzip with reserved flags', changed(gz, 3, 0x80), wrong],
  ['gzip with a name that does not end', join([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3], utf8('name')), wrong],
  ['gzip with an extra field beyond its end', join([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 255, 255, 0]), wrong],
  ['a block of a reserved kind', raw(7), wrong],
  ['a stored block whose length is not confirmed', raw(1, 5, 0, 0, 0, 1, 2, 3, 4, 5), wrong],
  ['a stored block beyond the end', raw(1, 255, 0, 0, 255), wrong],
  ['a distance before the beginning', raw(0x4b, 0x04, 0x12, 0), wrong],
  ['codes of too many lengths', raw(0x05, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), wrong],
  ['a dynamic block of nothing', raw(0x05, 0, 0, 0, 0, 0, 0), wrong],
  ['10,000 empty members', join(...Array.from({ length: 10_000 }, () => gzipSync(''))), ['empty_file', null, null]],
  ['zeros, 1,000 to 1', gzipSync(zeros(64 * MIB)), large],
  ['zeros, below the limit', gzipSync(zeros(MIB / 2)), ['nul_byte', 1, '#1']],
  ['a gzip in a gzip', gzipSync(gz), ['wrong_format', null, null]],
  [
    'a gzip of gzips to the depth of 9',
    Array.from({ length: 9 }).reduce<Uint8Array>((inner) => gzipSync(inner), gz),
    ['wrong_format', null, null],
  ],
  ['a zip in a gzip', gzipSync(join([0x50, 0x4b, 3, 4])), ['wrong_format', null, null]],
  ['a web page in a gzip', gzipSync('<!doctype html>\n<p>'), ['unexpected_column', 1, '#1']],
  ['JSON Lines in what may be a CSV alone', gzipSync('{"id":1}'), ['wrong_format', null, null], only('csv.gz')],
  ['gzip where Zstandard is asked for', gz, ['wrong_format', null, null], only('csv.zst')],
  ['a zlib stream', join([0x78, 0x9c], deflateRawSync(csv)), ['bad_utf8', 1, '#1']],
  ['Zstandard', zst, 'fine'],
  ['two frames', join(zstdCompressSync(csv.subarray(0, 4)), zstdCompressSync(csv.subarray(4))), 'fine'],
  ['a frame that is passed over', join(zst, [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]), 'fine'],
  ['Zstandard, cut off', zst.subarray(0, -1), wrong],
  ['Zstandard, its magic alone', zst.subarray(0, 4), wrong],
  ['Zstandard with something behind it', join(zst, [1, 2, 3, 4, 5, 6, 7, 8]), wrong],
  ['a frame that is passed over, beyond the end', join(zst, [0x50, 0x2a, 0x4d, 0x18, 255, 255, 255, 127]), wrong],
  ['a reserved bit in the header', changed(zst, 4, zst[4]! | 8), wrong],
  ['a dictionary', join([0x28, 0xb5, 0x2f, 0xfd, 0x01, 0x68, 7], block(0, 0, [])), wrong],
  ['a size that is not so', join([0x28, 0xb5, 0x2f, 0xfd, 0x20, 9], block(0, 3, [1, 2, 3])), wrong],
  ['a size of 2^60', join([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 0, 0, 16], block(0, 1, [97])), wrong],
  ['a frame with a block of a reserved kind', frame(block(3, 1, [1])), wrong],
  ['a block larger than any may be', frame(block(0, 131_073, new Array(131_073).fill(97))), wrong],
  ['a block larger than its window', join([0x28, 0xb5, 0x2f, 0xfd, 0, 0], block(1, 131_072, [97])), wrong],
  ['a block beyond the end', frame(block(0, 1000, [97])), wrong],
  ['a packed block of nothing', frame(block(2, 0, [])), wrong],
  ['literals beyond their block', frame(block(2, 2, [0xf8, 0])), wrong],
  ['literals of a tree that was never given', frame(block(2, 4, [0x03 | 0x10, 0x40, 0, 0])), wrong],
  ['sequences without tables', frame(block(2, 4, [0x08, 97, 1, 0xfc])), wrong],
  ['sequences that copy from before the beginning', frame(block(2, 8, [0x08, 97, 1, 0x54, 0, 10, 0, 1])), wrong],
  ['blocks of one byte each, 100,000 to 1', frame(...repeated(500, 97)), large],
  ['200 frames of a megabyte each', join(...Array.from({ length: 200 }, () => frame(...repeated(8, 97)))), large],
  ['a line end, again and again', frame(...repeated(8, 10)), ['empty_file', null, null]],
  ['commas, again and again', frame(...repeated(8, 44)), ['too_many_columns', 1, null]],
  ['30,000 empty frames', join(...Array.from({ length: 30_000 }, () => frame(block(0, 0, [])))), wrong],
  ['Zstandard in gzip', gzipSync(zst), ['wrong_format', null, null]],
]
