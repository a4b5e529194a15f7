/** Texts come in the order of their UTF-8 bytes, by whichever way they are sorted. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareUtf8 } from '../csv/utf8.ts'
import { orderOfShort, sortTexts } from './sorting.ts'
import { collectVotes, indexVotes } from './votes.ts'

const byBytes = (texts: readonly string[]): string[] => texts.toSorted(compareUtf8)
const sortedShort = (texts: readonly string[]) => {
  const order = orderOfShort(texts)
  return order && Array.from(order, (number) => texts[number]!)
}

test('short ASCII texts, one the beginning of another', () => {
  const character = fc.integer({ min: 1, max: 127 }).map((code) => String.fromCharCode(code))
  const few = fc.constantFrom('a', 'b', '0', '~', ' ')
  const text = fc.oneof(fc.string({ unit: character, maxLength: 8 }), fc.string({ unit: few, maxLength: 8 }))
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 60 }), (texts) => {
      expect(sortedShort(texts)).toEqual(byBytes(texts))
      expect(sortTexts(texts.slice())).toEqual(byBytes(texts))
    }),
  )
  const many = Array.from({ length: 30_000 }, (_, at) => `${(at * 7919) % 30_011}x`)
  expect(sortedShort(many)).toEqual(byBytes(many))
})

test('any texts', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('', 'ä', '\0', 'a\0', 'a'))
  fc.assert(
    fc.property(fc.uniqueArray(text), (texts) => {
      expect(sortTexts(texts.slice())).toEqual(byBytes(texts))
      expect([undefined, byBytes(texts)]).toContainEqual(sortedShort(texts))
    }),
  )
})

test('longer texts, others than ASCII and those with NUL are left to others', () => {
  for (const other of ['123456789', 'ä', 'a\0']) expect(orderOfShort(['a', other])).toBeUndefined()
  expect(orderOfShort([])).toEqual(new Int32Array(0))
})

test('items are numbered in the order of their bytes, be they few or many, short or long', () => {
  for (const count of [10, 3000])
    for (const name of ['i', 'an item of many '])
      for (const end of ['', 'ä']) {
        const items = Array.from({ length: count }, (_, at) => `${name}${at}${end}`)
        const votes = items.map((item, at) => ({ item, labeler: 'w', label: `${at}` }))
        const indexed = indexVotes(votes)
        const { items: sorted, labelOf, labels } = indexed
        const collected = collectVotes()
        for (const { item, labeler, label } of votes) collected.add(item, labeler, label)
        expect(collected.index()).toEqual(indexed)
        expect(sorted).toEqual(byBytes(items))
        expect(Array.from(labelOf, (label) => items[Number(labels[label])])).toEqual(sorted)
      }
})
