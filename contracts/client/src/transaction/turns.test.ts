import { expect, test } from 'vitest'
import { takeTurn } from './turns.ts'

const gate = () => Promise.withResolvers<void>()

test('work under one name waits for what came before, however that ended; other names do not wait', async () => {
  const order: string[] = []
  const [first, second] = [gate(), gate()]
  const failing = takeTurn('a', undefined, async () => {
    order.push('a1 begins')
    await first.promise
    throw new Error('a1 failed')
  })
  const next = takeTurn('a', undefined, async () => {
    order.push('a2 begins')
    await second.promise
    return 'a2'
  })
  expect(await takeTurn('b', undefined, async () => 'b')).toBe('b')
  expect(order).toEqual(['a1 begins'])
  first.resolve()
  await expect(failing).rejects.toThrow('a1 failed')
  second.resolve()
  expect(await next).toBe('a2')
  expect(order).toEqual(['a1 begins', 'a2 begins'])
})

test('whoever is aborted while it waits never begins, and holds up nobody', async () => {
  const before = gate()
  const abort = new AbortController()
  let begun = false
  const running = takeTurn('c', undefined, () => before.promise)
  const aborted = takeTurn('c', abort.signal, async () => {
    begun = true
  })
  const last = takeTurn('c', undefined, async () => 'last')
  abort.abort(new Error('the page was closed'))
  before.resolve()
  await running
  await expect(aborted).rejects.toThrow('the page was closed')
  expect(await last).toBe('last')
  expect(begun).toBe(false)
})
