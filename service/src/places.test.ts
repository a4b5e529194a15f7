/** Uploads that stall give way once every place is taken; those that go on do not. */
import { expect, test } from 'vitest'
import { createPlaces } from './places.ts'

const REFUSAL = new Error('busy')

function world() {
  const clock = { now: 0 }
  const places = createPlaces({ atOnce: 2, stalledMs: 10, leastBytes: 4, now: () => clock.now, refusal: () => REFUSAL })
  /** An upload whose bytes the test sends. */
  function upload() {
    const place = places.take()
    if (!place) return undefined
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const reader = place.through(readable).getReader()
    const send = async (bytes: number) => {
      const read = reader.read()
      await writer.write(new Uint8Array(bytes))
      return (await read).value?.byteLength
    }
    return { send, read: () => reader.read(), free: () => place.free() }
  }
  return { clock, places, upload }
}

test('with every place taken, the one that stalled for longest gives way', async () => {
  const { clock, upload } = world()
  const slow = upload()!
  clock.now = 1
  const quick = upload()!
  clock.now = 9
  expect(upload(), 'no one has stalled yet').toBeUndefined()
  expect(await quick.send(4)).toBe(4)
  clock.now = 10
  const read = slow.read()
  expect(upload()).toBeDefined()
  await expect(read).rejects.toBe(REFUSAL)
  expect(await quick.send(4), 'the other goes on').toBe(4)
})

test('a byte now and then is no progress', async () => {
  const { clock, upload } = world()
  const dripping = upload()!
  clock.now = 5
  upload()
  for (const at of [6, 8, 10]) {
    clock.now = at
    expect(await dripping.send(1)).toBe(1)
  }
  expect(upload()).toBeDefined()
})

test('who is done leaves its place', () => {
  const { places, upload } = world()
  const [one] = [upload()!, upload()!]
  expect(places.taken).toBe(2)
  one.free()
  expect(places.taken).toBe(1)
  expect(upload()).toBeDefined()
})
