/** Shared n-grams of all lengths are those that counting texts finds, also where places are used again and grow. */

import { expect, test } from 'vitest'
import { createSharedGrams } from './grams.ts'
import { countGrams, sharedGrams } from './texts.ts'

const ORDERS = 6

/** Letters of an alphabet, by a congruential generator, so that every run sees the same ones. */
function letters(seed: number): (length: number, alphabet: number) => string[] {
  let state = seed
  return (length, alphabet) =>
    Array.from({ length }, () => {
      state = (state * 48_271) % 2_147_483_647
      return String.fromCodePoint(97 + (state % alphabet))
    })
}

test('as counted one by one', () => {
  const draw = letters(7)
  const shared = createSharedGrams<string>(ORDERS)
  for (let round = 0; round < 400; round++) {
    // Every fiftieth is longer than the places that there were.
    const most = round % 50 === 49 ? 400 * (round / 49) : 40
    const [a, b] = [draw(((round * 13) % most) | 0, 1 + (round % 5)), draw(((round * 29) % most) | 0, 1 + (round % 6))]
    const counted = Array.from({ length: ORDERS }, (_, n) => sharedGrams(countGrams(a, n + 1), countGrams(b, n + 1)))
    expect(shared(a, b), `${a.join('')} ${b.join('')}`).toEqual(counted)
  }
})

test('of nothing there is nothing', () => {
  const shared = createSharedGrams<string>(3)
  expect([shared([], []), shared(['a'], []), shared([], ['a']), shared(['a'], ['a'])]).toEqual([
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [1, 0, 0],
  ])
})
