/** Whoever opens many streams keeps out nobody. */
import { expect, test } from 'vitest'
import { createStreamPlaces } from './stream-places.ts'

test('each client has its share', () => {
  const places = createStreamPlaces({ most: 10, perClient: 2 })
  const [one] = [places.take('a')!, places.take('a')!]
  expect(places.take('a')).toBeNull()
  one.free()
  one.free()
  expect(places.taken).toBe(1)
  expect(places.take('a')).not.toBeNull()
})

test('when all are taken, the one with the most gives up its oldest', () => {
  const places = createStreamPlaces({ most: 6, perClient: 6 })
  const greedy = Array.from({ length: 6 }, () => places.take('greedy')!)
  const others = ['b', 'c', 'd'].map((client) => places.take(client))
  expect(others).not.toContain(null)
  expect(greedy.map(({ signal }) => signal.aborted)).toEqual([true, true, true, false, false, false])
  expect(places.taken).toBe(6)
  expect(places.take('e'), 'it still holds more than a newcomer would').not.toBeNull()
  expect(places.take('f')).not.toBeNull()
  expect(places.take('g'), 'all hold one').toBeNull()
  expect(places.take('b'), 'no one holds more than b would').toBeNull()
  expect(greedy.map(({ signal }) => signal.aborted)).toEqual([true, true, true, true, true, false])
})

test('where clients renew, who has its share gives up its own oldest, and who has none is refused', () => {
  const places = createStreamPlaces({ most: 3, perClient: 2, renews: true })
  const own = [places.take('a')!, places.take('a')!, places.take('a')!]
  expect(own.map(({ signal }) => signal.aborted)).toEqual([true, false, false])
  expect([places.take('b'), places.take('c')]).not.toContain(null)
  expect(places.take('d'), 'all hold one').toBeNull()
  expect(places.take('b')).not.toBeNull()
  expect(places.taken).toBe(3)
})
