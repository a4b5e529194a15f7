/** Every submission gets settled, and mostly only one oracle sends the transaction. */
import { expect, test } from 'vitest'
import { turn } from './settle.ts'

test('for each submission exactly one oracle goes first, and the others follow one by one', () => {
  for (const oracles of [1, 2, 3, 5])
    for (let number = 1; number < 12; number++) {
      const turns = Array.from({ length: oracles }, (_, seat) => turn(seat, oracles, number, [0]))
      expect(turns.toSorted((a, b) => a - b)).toEqual(Array.from({ length: oracles }, (_, place) => place))
    }
})

test('the work is shared, and never waits for an oracle that did not even vote', () => {
  const first = (number: number, voters: number[]) => [0, 1, 2].find((seat) => turn(seat, 3, number, voters) === 0)
  expect(new Set([1, 2, 3].map((number) => first(number, [0, 1, 2])))).toEqual(new Set([0, 1, 2]))
  for (let number = 1; number < 12; number++) expect([0, 2]).toContain(first(number, [0, 2]))
})
