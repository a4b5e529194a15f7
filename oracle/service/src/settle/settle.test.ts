/** Somebody always settles, and mostly only one oracle tries. */
import { expect, test } from 'vitest'
import { turn } from './settle.ts'

test('for each submission exactly one oracle goes first, and the others follow one by one', () => {
  for (const oracles of [1, 2, 3, 5])
    for (let number = 1; number < 12; number++) {
      const turns = Array.from({ length: oracles }, (_, seat) => turn(seat, oracles, number))
      expect(turns.toSorted((a, b) => a - b)).toEqual(Array.from({ length: oracles }, (_, place) => place))
    }
})
