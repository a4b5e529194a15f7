/** Texts in the order of their UTF-8 bytes. */

import { compareUtf8 } from '../csv/utf8.ts'

/** The most characters of texts that are sorted by numbers: four in each of two. */
const LONGEST = 8
const DIGIT_BITS = 14
const DIGITS = 1 << DIGIT_BITS

/** The numbers of short ASCII texts, as most ids are, in the order of the texts: by radix, so that no text is looked at twice. Undefined for others. */
export function orderOfShort(texts: readonly string[]): Int32Array | undefined {
  const count = texts.length
  const begins = new Int32Array(count)
  const ends = new Int32Array(count)
  for (let number = 0; number < count; number++) {
    const text = texts[number]!
    const { length } = text
    if (length > LONGEST) return undefined
    let begin = 0
    let end = 0
    for (let i = 0; i < length; i++) {
      const character = text.charCodeAt(i)
      // What is shorter ends with zeros, so none may be in a text.
      if (character === 0 || character > 127) return undefined
      if (i < 4) begin |= character << (21 - 7 * i)
      else end |= character << (49 - 7 * i)
    }
    begins[number] = begin
    ends[number] = end
  }
  let order = new Int32Array(count)
  for (let number = 0; number < count; number++) order[number] = number
  let sorted = new Int32Array(count)
  const starts = new Int32Array(DIGITS)
  for (const [keys, shift] of [
    [ends, 0],
    [ends, DIGIT_BITS],
    [begins, 0],
    [begins, DIGIT_BITS],
  ] as const) {
    if (sortByDigit(keys, shift, starts, order, sorted)) [order, sorted] = [sorted, order]
  }
  return order
}

/** One pass of a radix sort, which leaves what has one digit in the order in which it comes. False, and nothing written, where all have one. */
function sortByDigit(
  keys: Int32Array,
  shift: number,
  starts: Int32Array,
  order: Int32Array,
  into: Int32Array,
): boolean {
  starts.fill(0)
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >> shift) & (DIGITS - 1)]!++
  if (keys.length === 0 || starts[(keys[0]! >> shift) & (DIGITS - 1)] === keys.length) return false
  let sum = 0
  for (let digit = 0; digit < DIGITS; digit++) {
    const found = starts[digit]!
    starts[digit] = sum
    sum += found
  }
  for (let i = 0; i < order.length; i++) {
    const number = order[i]!
    into[starts[(keys[number]! >> shift) & (DIGITS - 1)]!++] = number
  }
  return true
}

/** By UTF-8 bytes. Where every text is ASCII, JavaScript's own order is the same and needs no bytes. */
export function sortTexts(texts: string[]): string[] {
  return texts.every((text) => /^[\0-\x7f]*$/.test(text)) ? texts.sort() : texts.sort(compareUtf8)
}
