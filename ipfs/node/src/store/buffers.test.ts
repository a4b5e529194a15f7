import { expect, test } from 'vitest'
import { createBuffers } from './buffers.ts'

test('what was given back is lent again, by any part of it and once', () => {
  const buffers = createBuffers(8, 2)
  const one = buffers.take()
  buffers.giveBack(one.subarray(2, 4))
  buffers.giveBack(one)
  expect(buffers.take()).toBe(one)
  expect(buffers.take()).not.toBe(one)
})

test('what is not of it is left alone, and no more is kept than stated', () => {
  const buffers = createBuffers(8, 2)
  const strange = new Uint8Array(8)
  buffers.giveBack(strange)
  expect(buffers.take()).not.toBe(strange)
  const lent = [1, 2, 3].map(() => buffers.take())
  for (const one of lent) buffers.giveBack(one)
  const again = [1, 2, 3].map(() => buffers.take())
  expect(again.filter((one) => lent.includes(one))).toHaveLength(2)
})
