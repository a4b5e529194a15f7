import { expect, test } from 'vitest'
import { utf8 } from '../csv/utf8.ts'
import { addEntry, createByteTable, entryText, findEntry, hashBytes, PROCESS_SEED, wordsOf } from './bytetable.ts'
import { addWords, equalsWords, findWords, hashWords } from './wordtable.ts'

const noise = (i: number): number => Math.imul(i ^ (i >>> 7), 0x2c1b3c6d) >>> 11

test('texts of every length, wherever they stand, are the same in words as in bytes', () => {
  const file = Uint8Array.from({ length: 1500 }, (_, i) => noise(i))
  const words = wordsOf(file)
  const [byBytes, byWords] = [createByteTable(), createByteTable()]
  for (let length = 0; length <= 530; length++) {
    for (const start of [length % 4, 300 + (length % 3), 900]) {
      const end = start + length
      const hash = hashBytes(file, start, end, PROCESS_SEED)
      expect(hashWords(words, start, end, PROCESS_SEED)).toBe(hash)
      const entry = addWords(byWords, hash, words, start, end)
      expect(addEntry(byBytes, file, start, end)).toBe(entry)
      expect(findEntry(byWords, file, start, end)).toBe(entry)
      expect(findWords(byBytes, hash, words, start, end)).toBe(entry)
      expect(entryText(byWords, entry)).toBe(entryText(byBytes, entry))
    }
  }
})

test('a text that differs in one byte, or by one byte of length, is another', () => {
  const file = utf8('0123456789abcdef0123456789abcdeX0123456789abcde-0')
  const words = wordsOf(file)
  const table = createByteTable()
  for (let length = 1; length <= 16; length++) addEntry(table, file, 0, length)
  for (let length = 1; length <= 16; length++) {
    const same = equalsWords(table, length - 1, words, 16, 16 + length)
    expect(same).toBe(length < 16)
    expect(equalsWords(table, length - 1, words, 16, 17 + length)).toBe(false)
  }
  expect(equalsWords(table, 15, words, 32, 48)).toBe(false)
})

test('texts that differ in a few high bits have different hashes', () => {
  // Of sums and products of whole words, differences in the highest bit alone would cancel each other, whatever the keys.
  const texts = Array.from({ length: 4096 }, (_, i) =>
    Uint8Array.from({ length: 48 }, (_, at) => (at % 4 === 3 && (i >> (at >> 2)) & 1 ? 0x80 : 0)),
  )
  const hashes = new Set(texts.map((text) => hashBytes(text, 0, text.length, PROCESS_SEED)))
  expect(hashes.size).toBeGreaterThan(4090)
})

test('ids that differ in one bit of each half of their words do not share hashes', () => {
  // As `1` and `q` do. Were their products only added up, half a million texts would have a quarter of a million sums at most.
  const text = new Uint8Array(40)
  const words = wordsOf(text)
  const hashes = new Set<number>()
  for (let i = 0; i < 2 ** 19; i++) {
    for (let at = 0; at < 40; at++) text[at] = at & 1 && (i >> (at >> 1)) & 1 ? 0x71 : 0x31
    hashes.add(hashWords(words, 0, 40, PROCESS_SEED))
  }
  expect(hashes.size).toBeGreaterThan(500_000)
})
