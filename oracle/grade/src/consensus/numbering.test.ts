/** Texts have the numbers in which they came, however their hashes fall. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Numbering } from './numbering.ts'

function check(texts: readonly string[], hash?: (text: string) => number): void {
  const numbering = new Numbering(texts.length, hash)
  texts.forEach((text, at) => {
    numbering.note(at, text)
  })
  const known = [...new Set(texts)]
  expect(numbering.texts).toEqual(known)
  const numbers = new Map(known.map((text, number) => [text, number]))
  expect([...numbering.of]).toEqual(texts.map((text) => numbers.get(text)))
  expect(known.map((text) => numbering.numberOf(text))).toEqual(known.map((_, number) => number))
  expect(numbering.numberOf('never noted')).toBe(-1)
}

test('few texts, of any characters, and several with one hash', () => {
  const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('', 'a', 'b')))
  fc.assert(fc.property(texts, (some) => check(some)))
  fc.assert(fc.property(texts, (some) => check(some, (text) => text.length)))
})

test('more texts than there was room for at first', () => {
  check(Array.from({ length: 20_000 }, (_, at) => `item ${(at * 7919) % 6000}`))
})

test('who chooses texts with one hash has a few of them looked through, not all', () => {
  let hashed = 0
  const hash = () => {
    hashed++
    return 5
  }
  check(
    Array.from({ length: 5_000 }, (_, at) => `item ${at % 3000}`),
    hash,
  )
  expect(hashed).toBeLessThan(100)
})

test('long texts that differ in the middle alone, where nothing of them is hashed', () => {
  const side = 'x'.repeat(40)
  check(Array.from({ length: 2_000 }, (_, at) => `${side}${(at * 7) % 300}${side}`))
})

test('more texts than were expected', () => {
  const expected = new Numbering(0)
  const texts = Array.from({ length: 5_000 }, (_, at) => `${at % 700}`)
  texts.forEach((text, at) => {
    expected.note(at, text)
  })
  expect([...expected.of.subarray(0, texts.length)]).toEqual(texts.map(Number))
})
