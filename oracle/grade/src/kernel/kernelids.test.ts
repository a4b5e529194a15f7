/** Ids in a kernel are found, sorted and told apart as in a table of JavaScript. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes, utf8 } from '../csv/utf8.ts'
import { createByteIds } from '../table/textids.ts'
import { openKernel } from './kernel.ts'
import { createKernelIds, type KernelIds } from './kernelids.ts'

function collected(texts: readonly Uint8Array[]): KernelIds {
  const ids = createKernelIds()!
  for (const [row, text] of texts.entries()) ids.add(text, 0, text.length, row)
  return ids
}

const decoder = new TextDecoder('latin1')
const key = (text: Uint8Array): string => decoder.decode(text)
const distinct = (texts: readonly Uint8Array[]): Uint8Array[] => [
  ...new Map(texts.map((text) => [key(text), text])).values(),
]

function repeatedOf(texts: readonly Uint8Array[]): number[] {
  const seen = new Set<string>()
  return texts.flatMap((text, row) => (seen.size === seen.add(key(text)).size ? [row] : []))
}

function expectAll(texts: readonly Uint8Array[]): void {
  const own = distinct(texts)
  const ids = collected(own)
  const rows = [...own.keys()].sort((a, b) => compareBytes(own[a]!, own[b]!))
  const { ranks, repeated } = ids.ranks()
  expect(repeated).toHaveLength(0)
  expect(rows.map((row) => ranks[row])).toEqual([...rows.keys()])
  expect(own.map((text) => ids.find(text, 0, text.length))).toEqual([...own.keys()])
  expect(own.map((_, row) => key(ids.bytes(row)))).toEqual(own.map(key))
  // Whichever way looks for those that are repeated finds the same.
  expect([...collected(texts).repeated()]).toEqual(repeatedOf(texts))
  expect([...collected(texts).ranks().repeated]).toEqual(repeatedOf(texts))
}

test('ids of any bytes have the places, the rows and the repetitions that they have', () => {
  // Few different bytes make long common beginnings and texts that begin each other; all of them fill a key with few places.
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255), fc.constantFrom(65, 66))
  const text = fc.array(byte, { minLength: 1, maxLength: 30 }).map((bytes) => Uint8Array.from(bytes))
  const beginning = fc.array(fc.constantFrom(65, 66), { maxLength: 20 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 300 }), beginning, (texts, begin) => {
      expectAll(texts.map((text) => Uint8Array.from([...begin, ...text])))
    }),
    { numRuns: 100 },
  )
})

const count = 9000
const many: Readonly<Record<string, (i: number) => string>> = {
  'differ late': (i) => `${'x'.repeat(300)}${(i * 7919) % count}`,
  'differ by their length alone': (i) => 'x'.repeat(1 + ((i * 1009) % 3000)),
  'are as long as a field may be': (i) => `${'x'.repeat(4096 - 4)}${String(i % 100).padStart(4, '0')}`,
  'are sorted': (i) => `row-${String(i).padStart(7, '0')}`,
  'are few': (i) => `of ${i % 7}`,
  'are all the same': () => 'the same',
  'have one that has a byte of its own': (i) => (i === 8_001 ? 'z7' : ((i * 7919) % count).toString(16)),
}
test.each(Object.entries(many))('many that %s', (_, idOf) => {
  const length = idOf === many['are as long as a field may be'] ? 200 : count
  expectAll(Array.from({ length }, (_, i) => utf8(idOf(i))))
})

test('an id that was not added is not found, however like it is', () => {
  const ids = collected(['a', 'abcdefgh', 'abcdefghi', 'x'.repeat(16), 'x'.repeat(17)].map(utf8))
  for (const text of ['', 'b', 'aa', 'abcdefg', 'abcdefgj', 'x'.repeat(15), 'x'.repeat(18), 'x'.repeat(5000), 'a\0'])
    expect(ids.find(utf8(text), 0, text.length)).toBe(-1)
  const byBytes = createByteIds(1)
  for (const text of ['ü', '\0']) byBytes.add(utf8(text), 0, utf8(text).length, 0)
  expect(byBytes.find(utf8('ü'), 0, 2)).toBe(0)
})

const kernel = openKernel()!
function hash(text: Uint8Array): number {
  kernel.view.bytes.set(text, kernel.at.scratch)
  return kernel.exports.hash_one(text.length)
}

test('texts that differ in a few high bits have different hashes', () => {
  const texts = Array.from({ length: 4096 }, (_, i) =>
    Uint8Array.from({ length: 48 }, (_, at) => (at % 4 === 3 && (i >> (at >> 2)) & 1 ? 0x80 : 0)),
  )
  expect(new Set(texts.map(hash)).size).toBeGreaterThan(4090)
})

test('ids that differ in one bit of each half of their words do not share hashes', () => {
  const text = new Uint8Array(76)
  const hashes = new Set<number>()
  const halves = new Set<number>()
  for (let i = 0; i < 2 ** 19; i++) {
    for (let at = 0; at < text.length; at++) text[at] = at % 4 === 3 && (i >> (at >> 2)) & 1 ? 0x71 : 0x31
    const of = hash(text)
    hashes.add(of)
    halves.add(of & 0xffff)
  }
  expect(hashes.size).toBeGreaterThan(500_000)
  expect(halves.size).toBeGreaterThan(65_000)
})

test('texts of zeros differ by their length', () => {
  expect(new Set(Array.from({ length: 4096 }, (_, length) => hash(new Uint8Array(length)))).size).toBeGreaterThan(4090)
})
