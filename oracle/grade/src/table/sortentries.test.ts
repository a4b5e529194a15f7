import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBytes } from '../csv/utf8.ts'
import { addEntry, createByteTable, entryBytes } from './bytetable.ts'
import { sortEntries } from './sortentries.ts'

function sorted(texts: readonly Uint8Array[]): Uint8Array[] {
  const table = createByteTable()
  for (const text of texts) addEntry(table, text, 0, text.length)
  return Array.from(sortEntries(table), (entry) => entryBytes(table, entry))
}

const distinct = (texts: readonly Uint8Array[]): Uint8Array[] =>
  [...new Map(texts.map((text) => [text.join(), text])).values()].sort(compareBytes)

test('entries come in the order of their bytes, whatever bytes they are', () => {
  // Few different bytes make long common beginnings and texts that begin each other; all of them fill a key with few places.
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255), fc.constantFrom(65, 66))
  const text = fc.array(byte, { maxLength: 30 }).map((bytes) => Uint8Array.from(bytes))
  const beginning = fc.array(fc.constantFrom(65, 66), { maxLength: 20 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), beginning, (texts, begin) => {
      const all = texts.map((text) => Uint8Array.from([...begin, ...text]))
      expect(sorted(all)).toEqual(distinct(all))
    }),
    { numRuns: 300 },
  )
})

test('many texts that differ late, or by their length alone, are sorted', () => {
  const late = Array.from({ length: 5000 }, (_, i) =>
    new TextEncoder().encode(`${'x'.repeat(300)}${(i * 7919) % 5000}`),
  )
  const lengths = Array.from({ length: 3000 }, (_, i) => new Uint8Array((i * 1009) % 3000).fill(7))
  for (const texts of [late, lengths]) expect(sorted(texts)).toEqual(distinct(texts))
})

test('a byte that stands in a single one of many texts has its place', () => {
  const texts = Array.from({ length: 40_000 }, (_, i) => new TextEncoder().encode(((i * 7919) % 40_000).toString(16)))
  for (const [at, text] of [
    [13_001, 'z7'],
    [13_003, '1!'],
    [27_777, '7\u0000'],
  ] as const)
    texts[at] = new TextEncoder().encode(text)
  expect(sorted(texts)).toEqual(distinct(texts))
})
