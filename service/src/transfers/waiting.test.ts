/** Few wait for one client, and whoever has the most places gives way. */
import { expect, test } from 'vitest'
import { createWaiting } from './waiting.ts'

test('a client has so many places, and those of others are not its own', () => {
  const waiting = createWaiting({ most: 6, perClient: 2 })
  const first = waiting.take('a')!
  expect([waiting.take('a'), waiting.take('a'), waiting.take('b')].map(Boolean)).toEqual([true, false, true])
  first.free()
  first.free()
  expect([waiting.take('a'), waiting.take('a')].map(Boolean)).toEqual([true, false])
})

test('where all are waiting, the longest of whoever has the most gives way to one with fewer, and to no other', () => {
  const waiting = createWaiting({ most: 5, perClient: 3 })
  const [a1, a2, a3, b1, b2] = ['a', 'a', 'a', 'b', 'b'].map((client) => waiting.take(client)!)
  expect(waiting.take('b')).toBeUndefined()
  expect(waiting.take('c')).toBeDefined()
  expect([a1, a2, a3, b1, b2].map((one) => one!.signal.aborted)).toEqual([true, false, false, false, false])
  expect(waiting.take('d')).toBeDefined()
  expect(a2!.signal.aborted).toBe(true)
  b1!.free()
  expect(waiting.take('e')).toBeDefined()
  // Everyone has one, but b, whose second one is gone, too.
  expect(waiting.take('f')).toBeUndefined()
})

test('those that are not known have no limit of their own, and give way together', () => {
  const waiting = createWaiting({ most: 4, perClient: 1 })
  const [first] = Array.from({ length: 4 }, () => waiting.take(null)!)
  expect(waiting.take('')).toBeUndefined()
  expect(waiting.take('a')).toBeDefined()
  expect(first!.signal.aborted).toBe(true)
})
